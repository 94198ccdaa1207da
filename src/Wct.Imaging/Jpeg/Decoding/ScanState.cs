namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>What a scan's decoder remembers from block to block, and forgets at restart markers.</summary>
internal sealed class ScanState(EntropyReader reader, int restartInterval)
{
    private int _mcus;
    private int _restarts;

    /// <summary>The scan's bits.</summary>
    internal EntropyReader Reader => reader;

    /// <summary>The last DC coefficient of each component of the frame, [4].</summary>
    internal int[] Predictors { get; } = new int[4];

    /// <summary>Blocks still to come whose band holds nothing new (progressive only).</summary>
    internal int EndOfBandRun { get; set; }

    /// <summary>Whether none of the scan's further MCUs is in the file.</summary>
    internal bool IsOver => reader.IsExhausted && (restartInterval == 0 || reader.IsAtOtherMarker);

    /// <summary>Called before each MCU: passes a restart marker where one is due.</summary>
    internal void BeginMcu()
    {
        if (restartInterval == 0 || _mcus++ < restartInterval)
            return;
        reader.Restart(_restarts++ & 7);
        _mcus = 1;
        EndOfBandRun = 0;
        Array.Clear(Predictors);
    }
}
