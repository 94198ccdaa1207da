namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Decodes the samples of all components, one row of MCUs after the other.</summary>
internal abstract class SampleSource : IDisposable
{
    /// <summary>Memory limit in bytes. It must be set before the first row is read.</summary>
    internal long MaxMemory { get; set; } = long.MaxValue;

    /// <summary>Writes the samples of a row of MCUs to the planes. It is called once for each row, in order.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or ends too soon.</exception>
    internal abstract void ReadMcuRow(int mcuRow, SamplePlane[] planes);

    /// <summary>Called after the last row. Checks that the file ends properly.</summary>
    /// <exception cref="ImageFormatException">The file doesn't end properly.</exception>
    internal abstract void Finish();

    /// <summary>Frees resources other than memory.</summary>
    public virtual void Dispose()
    {
    }
}
