using System.Collections;

namespace Wct.Training.Data;

/// <summary>A list whose elements are given out until somebody cancels: work that goes through it needs no token of its own.</summary>
internal sealed class CancelableList<T>(IReadOnlyList<T> list, CancellationToken cancellation) : IReadOnlyList<T>
{
    public int Count => list.Count;

    public T this[int index]
    {
        get
        {
            cancellation.ThrowIfCancellationRequested();
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
