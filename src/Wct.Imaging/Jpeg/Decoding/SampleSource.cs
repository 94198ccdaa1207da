namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Gives the samples of all components, one row of MCUs after the other.</summary>
internal abstract class SampleSource
{
    /// <summary>Puts the samples of a row of MCUs into the planes; rows come in order, each once.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or ends too soon.</exception>
    internal abstract void ReadMcuRow(int mcuRow, SamplePlane[] planes);

    /// <summary>Called after the last row: checks that the file ends properly.</summary>
    /// <exception cref="ImageFormatException">It does not.</exception>
    internal abstract void Finish();
}
