namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Gives the samples of all components, one row of MCUs after the other.</summary>
internal abstract class SampleSource : IDisposable
{
    /// <summary>Bytes that may be kept in memory; set before the first row is read.</summary>
    internal long MaxMemory { get; set; } = long.MaxValue;

    /// <summary>Puts the samples of a row of MCUs into the planes; rows come in order, each once.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or ends too soon.</exception>
    internal abstract void ReadMcuRow(int mcuRow, SamplePlane[] planes);

    /// <summary>Called after the last row: checks that the file ends properly.</summary>
    /// <exception cref="ImageFormatException">It does not.</exception>
    internal abstract void Finish();

    /// <summary>Gives back what doesn't lie in memory.</summary>
    public virtual void Dispose()
    {
    }
}
