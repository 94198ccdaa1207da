namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Decodes the blocks of one scan in their order.</summary>
/// <param name="state">What is remembered from block to block.</param>
internal abstract class BlockDecoder(ScanState state)
{
    /// <summary>What is remembered from block to block.</summary>
    internal ScanState State => state;

    /// <summary>The decoder for a scan.</summary>
    /// <param name="input">The file; the scan's data comes next.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="scan">The scan.</param>
    /// <param name="isOnlyScan">Whether no other scan is read.</param>
    internal static BlockDecoder Create(JpegInput input, Frame frame, Scan scan, bool isOnlyScan)
    {
        if (frame.IsArithmetic)
        {
            ArithmeticReader bins = new(input, frame.Height, isOnlyScan);
            return new ArithmeticBlock(bins, new ScanState(bins, scan.RestartInterval), scan, frame.IsProgressive);
        }

        EntropyReader reader = new(input, frame.Height, isOnlyScan);
        ScanState state = new(reader, scan.RestartInterval);
        return frame.IsProgressive ? new ProgressiveBlock(reader, state, scan) : new SequentialBlock(reader, state);
    }

    /// <summary>Passes a block that this scan leaves as it is, without looking at it.</summary>
    /// <param name="isBlank">Whether all of the block's coefficients are 0.</param>
    /// <returns>Whether it was passed; otherwise it must be decoded.</returns>
    internal virtual bool TrySkip(bool isBlank) => false;

    /// <summary>Adds this scan's share to a block.</summary>
    /// <param name="part">The block's component.</param>
    /// <param name="block">[64], row-major: what earlier scans left, or zero; becomes what they and this one say.</param>
    /// <returns>Whether this scan may have brought AC coefficients.</returns>
    internal abstract bool Decode(ScanComponent part, Span<short> block);
}
