namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>What a scan's decoder remembers from block to block, and forgets at restart markers.</summary>
/// <param name="data">The scan's data.</param>
/// <param name="restartInterval">MCUs between restart markers; 0 for none.</param>
internal sealed class ScanState(ScanData data, int restartInterval)
{
    private int _mcus;
    private int _restarts;

    /// <summary>The scan's data.</summary>
    internal ScanData Data => data;

    /// <summary>The last DC coefficient of each component of the frame, [4].</summary>
    internal int[] Predictors { get; } = new int[4];

    /// <summary>Classes of the last DC difference of each component of the frame (arithmetic codes only), [4].</summary>
    internal int[] DifferenceClasses { get; } = new int[4];

    /// <summary>Blocks still to come whose band holds nothing new (progressive only).</summary>
    internal int EndOfBandRun { get; set; }

    /// <summary>Whether none of the scan's further MCUs is in the file.</summary>
    internal bool IsOver => data.IsExhausted && (restartInterval == 0 || data.IsAtOtherMarker);

    /// <summary>Called before each MCU: passes a restart marker where one is due.</summary>
    internal void BeginMcu()
    {
        if (restartInterval == 0 || _mcus++ < restartInterval)
            return;
        data.Restart(_restarts++ & 7);
        _mcus = 1;
        EndOfBandRun = 0;
        Array.Clear(Predictors);
        Array.Clear(DifferenceClasses);
    }
}
