using System.Buffers;
using Wct.Kernels;
using Wct.Net.Photo;
using Wct.Net.Pipeline;

namespace Wct.Net.Colors;

/// <summary>Changes a result with the help of its content, a band of rows at a time: photo mode, then the content's colors.</summary>
internal sealed class Finish
{
    private const int Channels = 3, LeastRows = 64;

    private const long WholePixels = 1 << 20, MostBandBytes = 800_000_000;

    private readonly Backend _backend;
    private readonly PhotoFilter? _photo;
    private readonly double _colors;
    private readonly int _width, _height;

    // The band that was finished last, [3, count, columns].
    private float[] _band = [];
    private int _first, _count, _columns;

    private Finish(Backend backend, RunSettings settings, int width, int height)
    {
        (_backend, _width, _height) = (backend, width, height);
        _photo = settings.Photo is { } photo ? new PhotoFilter(photo, width, height) : null;
        _colors = settings.PreserveColor.Method == ColorPreservationMethod.Luminance ? settings.PreserveColor.Strength : 0;
        Content = new ContentCopy(width, height);
    }

    /// <summary>Receives the content before the levels run.</summary>
    internal ContentCopy Content { get; }

    /// <summary>Rows.</summary>
    internal int Height => _height;

    /// <summary>The work that the settings ask for; null if there is none.</summary>
    /// <param name="backend">The backend that holds the result.</param>
    /// <param name="settings">Photo mode and color preservation.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    internal static Finish? Of(Backend backend, RunSettings settings, int width, int height)
    {
        bool keepsColors = settings.PreserveColor is { Method: ColorPreservationMethod.Luminance, Strength: > 0 };
        return settings.Photo is null && !keepsColors ? null : new Finish(backend, settings, width, height);
    }

    /// <summary>Memory in bytes for the content's copy and a band.</summary>
    /// <param name="threads">Threads that run tasks on the host.</param>
    internal long Bytes(int threads)
    {
        long rows = Math.Min(_height, BandRows + 2L * (_photo?.Reach ?? 0));
        return ContentCopy.Bytes(_width, _height) + rows * RowBytes + threads * (_photo?.ScratchBytesPerThread ?? 0);
    }

    /// <summary>Finishes some rows. Calls go from top to bottom.</summary>
    /// <param name="first">The first row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="read">Gives rows of the result, [3, rows, columns], as they are before; disposed of here.</param>
    /// <returns>[3, count, columns]; the caller disposes of it.</returns>
    internal Tensor Rows(int first, int count, Func<int, int, Tensor> read)
    {
        if (_count == 0)
            Run(first, Math.Min(BandRows, _height - first), read);
        TensorShape shape = new(Channels, count, _columns);
        float[] result = ArrayPool<float>.Shared.Rent(checked((int)shape.Length));
        for (int y = first; y < first + count; y++)
        {
            if (y >= _first + _count)
                Run(y, Math.Min(BandRows, _height - y), read);
            for (int c = 0; c < Channels; c++)
                _band.AsSpan((c * _count + y - _first) * _columns, _columns).CopyTo(result.AsSpan((c * count + y - first) * _columns));
        }

        Tensor finished = _backend.Allocate(shape);
        try
        {
            _backend.Write(result.AsSpan(0, (int)shape.Length), finished);
            return finished;
        }
        catch
        {
            finished.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<float>.Shared.Return(result);
        }
    }

    // Finishes a band, which is kept.
    private void Run(int first, int count, Func<int, int, Tensor> read)
    {
        (int firstInput, int inputs) = _photo?.Inputs(first, count) ?? (first, count);
        float[] stylized = Stylized(firstInput, inputs, read);
        int length = checked(inputs * Content.Stride);
        byte[] rented = ArrayPool<byte>.Shared.Rent(length);
        Memory<byte> content = rented.AsMemory(0, length);
        Content.Get(firstInput, content.Span);
        (_first, _count) = (first, count);
        _band = _photo is null ? stylized : GC.AllocateUninitializedArray<float>(checked(Channels * count * _columns));
        _photo?.Run(
            new PhotoBand
            {
                First = first,
                Count = count,
                FirstInput = firstInput,
                Content = content,
                Stylized = stylized,
                StylizedStride = _columns,
                StylizedPlane = inputs * _columns,
                Result = _band,
                ResultStride = _columns,
                ResultPlane = count * _columns,
            },
            _backend.RunOnHost);
        if (_colors > 0)
            KeepColors(content[((first - firstInput) * Content.Stride)..]);
        ArrayPool<byte>.Shared.Return(rented);
    }

    // Rows of the result, [3, rows, columns]. A device holds a few of them at a time, as it does when a result isn't finished.
    private float[] Stylized(int first, int count, Func<int, int, Tensor> read)
    {
        float[] stylized = [], part = [];
        for (int y = 0; y < count;)
        {
            using Tensor rows = read(first + y, Math.Min(LeastRows, count - y));
            TensorShape shape = rows.Shape;
            int length = checked((int)shape.Length);
            if (y == 0)
            {
                part = ArrayPool<float>.Shared.Rent(length);
                _columns = shape.Width;
                stylized = GC.AllocateUninitializedArray<float>(checked(Channels * count * shape.Width));
            }

            _backend.Read(rows, part.AsSpan(0, length));
            for (int c = 0; c < Channels; c++)
                part.AsSpan(c * shape.Pixels, shape.Pixels).CopyTo(stylized.AsSpan((c * count + y) * shape.Width));
            y += shape.Height;
        }

        ArrayPool<float>.Shared.Return(part);
        return stylized;
    }

    private void KeepColors(ReadOnlyMemory<byte> content)
    {
        const int RowsPerTask = 16;
        _backend.RunOnHost((_count + RowsPerTask - 1) / RowsPerTask, task =>
        {
            int y = task * RowsPerTask, rows = Math.Min(RowsPerTask, _count - y);
            LuminanceColors.Apply(
                content.Span.Slice(y * Content.Stride, rows * Content.Stride), _width, rows, _band.AsSpan(y * _columns), _columns,
                _count * _columns, _colors);
        });
    }

    // A row of a band: the content, the result before and after, and a part of it.
    private long RowBytes => (_width + 16L) * (Channels + 4 * Channels * sizeof(float));

    // Small pictures are one band. Bands much shorter than the filter's tasks would filter many rows several times, but the bands of very
    // large pictures must not take too much memory.
    private int BandRows
    {
        get
        {
            if ((long)_width * _height <= WholePixels)
                return _height;
            long most = MostBandBytes / RowBytes - 2L * (_photo?.Reach ?? 0);
            return (int)Math.Max(LeastRows, Math.Min(2L * (_photo?.RowsPerTask ?? 0), most));
        }
    }
}
