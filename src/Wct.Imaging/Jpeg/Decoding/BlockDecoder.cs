namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Decodes the blocks of one scan, in file order.</summary>
/// <param name="state">The state that is kept from block to block.</param>
internal abstract class BlockDecoder(ScanState state)
{
    /// <summary>The state that is kept from block to block.</summary>
    internal ScanState State => state;

    /// <summary>Creates the decoder for a scan.</summary>
    /// <param name="input">The file, at the start of the scan's data.</param>
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

        HuffmanReader reader = new(input, frame.Height, isOnlyScan);
        ScanState state = new(reader, scan.RestartInterval);
        return frame.IsProgressive ? new ProgressiveBlock(reader, state, scan) : new SequentialBlock(reader, state);
    }

    /// <summary>Skips the next block if this scan doesn't change it.</summary>
    /// <param name="isBlank">Whether all of the block's coefficients are 0.</param>
    /// <returns>Whether the block was skipped; otherwise it must be decoded.</returns>
    internal virtual bool TrySkip(bool isBlank) => false;

    /// <summary>Decodes this scan's part of a block.</summary>
    /// <param name="part">The block's component.</param>
    /// <param name="block">[64], row-major: the coefficients from earlier scans, or zeros. This scan's part is added.</param>
    /// <returns>Whether this scan may have set AC coefficients.</returns>
    internal abstract bool Decode(ScanComponent part, Span<short> block);
}
