namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The statistics tables of an arithmetic-coded component in a scan, and the parameters that choose their bins (ITU T.81,
/// F.1.4.4).</summary>
/// <param name="DcTable">Index of the table for DC differences, 0 to 15.</param>
/// <param name="AcTable">Index of the table for AC coefficients, 0 to 15.</param>
/// <param name="Lower">Differences of up to half of 1 &lt;&lt; Lower count as zero; 0 to 15.</param>
/// <param name="Upper">Differences above 1 &lt;&lt; Upper count as large; Lower to 15.</param>
/// <param name="LastLow">The last coefficient in zig-zag order that counts as low, 0 to 255.</param>
internal readonly record struct Conditioning(int DcTable, int AcTable, int Lower, int Upper, int LastLow);
