namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The state of a scan's decoder that is kept from block to block, and reset at restart markers.</summary>
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

    /// <summary>Number of next blocks whose band has no new coefficients (progressive only).</summary>
    internal int EndOfBandRun { get; set; }

    /// <summary>Whether the file has no more MCUs of the scan.</summary>
    internal bool IsOver => data.IsExhausted && (restartInterval == 0 || data.IsAtOtherMarker);

    /// <summary>Called before each MCU. Reads a restart marker if one is due.</summary>
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
