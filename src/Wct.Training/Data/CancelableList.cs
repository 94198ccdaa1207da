using System.Collections;

namespace Wct.Training.Data;

/// <summary>A list that throws <see cref="OperationCanceledException"/> on access after cancellation, so that code without a cancellation
/// token can be canceled while it reads the list.</summary>
internal sealed class CancelableList<T>(IReadOnlyList<T> list, CancellationToken cancellationToken) : IReadOnlyList<T>
{
    public int Count => list.Count;

    public T this[int index]
    {
        get
        {
            cancellationToken.ThrowIfCancellationRequested();
            return list[index];
        }
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (int i = 0; i < list.Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
