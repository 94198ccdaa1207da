namespace Wct.Net.Photo;

/// <summary>Some rows of a picture, with the rows around them that <see cref="PhotoFilter"/> needs.</summary>
internal readonly record struct PhotoBand
{
    /// <summary>The first row of the result.</summary>
    internal required int First { get; init; }

    /// <summary>The number of rows of the result.</summary>
    internal required int Count { get; init; }

    /// <summary>The first row of <see cref="Content"/> and <see cref="Stylized"/>.</summary>
    internal required int FirstInput { get; init; }

    /// <summary>[rows, width, 3]: the content's colors, without gaps.</summary>
    internal required ReadOnlyMemory<byte> Content { get; init; }

    /// <summary>[3, rows, width], 0..1: the stylized picture, beginning with the first row of the first channel.</summary>
    internal required ReadOnlyMemory<float> Stylized { get; init; }

    /// <summary>Floats from one row of <see cref="Stylized"/> to the next.</summary>
    internal required int StylizedStride { get; init; }

    /// <summary>Floats from one channel of <see cref="Stylized"/> to the next.</summary>
    internal required int StylizedPlane { get; init; }

    /// <summary>Receives [3, count, width], 0..1. It must not overlap <see cref="Stylized"/>.</summary>
    internal required Memory<float> Result { get; init; }

    /// <summary>Floats from one row of <see cref="Result"/> to the next.</summary>
    internal required int ResultStride { get; init; }

    /// <summary>Floats from one channel of <see cref="Result"/> to the next.</summary>
    internal required int ResultPlane { get; init; }
}
