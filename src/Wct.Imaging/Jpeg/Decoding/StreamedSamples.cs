namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>Decodes the only scan of a sequential file row by row, without keeping coefficients.</summary>
/// <param name="input">The file.</param>
/// <param name="segments">The segments that were read so far.</param>
/// <param name="scan">The scan. Its data comes next in the file.</param>
internal sealed class StreamedSamples(JpegInput input, SegmentReader segments, Scan scan) : SampleSource
{
    private readonly BlockDecoder _decoder = BlockDecoder.Create(input, segments.Frame, scan, isOnlyScan: true);
    private readonly short[] _block = new short[64];

    /// <inheritdoc/>
    internal override void ReadMcuRow(int mcuRow, SamplePlane[] planes)
    {
        Frame frame = segments.Frame;
        ScanState state = _decoder.State;
        state.Data.Row = mcuRow * frame.MaxVertical * 8;
        for (int mcu = 0; mcu < frame.McuColumns; mcu++)
        {
            state.BeginMcu();
            if (state.Data.IsExhausted)
            {
                foreach (ScanComponent part in scan.Components)
                    FillBlocks(part.Component, mcu, mcuRow, planes[part.Component.Index]);
                continue;
            }

            foreach (ScanComponent part in scan.Components)
                ReadBlocks(part, mcu, mcuRow, planes[part.Component.Index]);
            state.Data.EndMcu();
        }
    }

    /// <inheritdoc/>
    /// <remarks>Another scan would only repeat complete components, so it is ignored.</remarks>
    internal override void Finish()
    {
        if (_decoder.State.Data.Decoded == 0)
            throw _decoder.State.Data.Empty();
        segments.NextScan();
    }

    // Blocks that are not in the file are mid-gray.
    private static void FillBlocks(Component component, int mcu, int mcuRow, SamplePlane plane)
    {
        for (int i = 0; i < component.Horizontal * component.Vertical; i++)
        {
            (int y, int x) = Math.DivRem(i, component.Horizontal);
            InverseDct.TransformFlat(0, 0, plane.Block((mcu * component.Horizontal) + x, (mcuRow * component.Vertical) + y), plane.Stride);
        }
    }

    private void ReadBlocks(ScanComponent part, int mcu, int mcuRow, SamplePlane plane)
    {
        Component component = part.Component;
        for (int y = mcuRow * component.Vertical; y < (mcuRow + 1) * component.Vertical; y++)
        {
            for (int x = mcu * component.Horizontal; x < (mcu + 1) * component.Horizontal; x++)
            {
                Array.Clear(_block);
                if (_decoder.Decode(part, _block))
                    InverseDct.Transform(_block, component.Quantization, plane.Block(x, y), plane.Stride);
                else
                    InverseDct.TransformFlat(_block[0], component.Quantization![0], plane.Block(x, y), plane.Stride);
            }
        }
    }
}
