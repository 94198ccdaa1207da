namespace Wct.Imaging.Jpeg;

/// <summary>The second byte of the markers, after 0xFF (ITU T.81, table B.1).</summary>
internal static class Marker
{
    internal const byte Temporary = 0x01;
    internal const byte FirstFrame = 0xC0;
    internal const byte Baseline = 0xC0;
    internal const byte Extended = 0xC1;
    internal const byte Progressive = 0xC2;
    internal const byte HuffmanTables = 0xC4;
    internal const byte ArithmeticSequential = 0xC9;
    internal const byte ArithmeticProgressive = 0xCA;
    internal const byte ArithmeticConditioning = 0xCC;
    internal const byte LastFrame = 0xCF;
    internal const byte FirstRestart = 0xD0;
    internal const byte LastRestart = 0xD7;
    internal const byte StartOfImage = 0xD8;
    internal const byte EndOfImage = 0xD9;
    internal const byte StartOfScan = 0xDA;
    internal const byte QuantizationTables = 0xDB;
    internal const byte NumberOfLines = 0xDC;
    internal const byte RestartInterval = 0xDD;
    internal const byte Hierarchical = 0xDE;
    internal const byte Expand = 0xDF;
    internal const byte App0 = 0xE0;
    internal const byte App1 = 0xE1;
    internal const byte App2 = 0xE2;
    internal const byte App14 = 0xEE;
    internal const byte LastApp = 0xEF;
    internal const byte FirstExtension = 0xF0;
    internal const byte LosslessFrame = 0xF7;
    internal const byte LastExtension = 0xFD;
    internal const byte Comment = 0xFE;
}
