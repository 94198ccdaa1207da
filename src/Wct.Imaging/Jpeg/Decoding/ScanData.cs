namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The entropy-coded data of a scan up to its end or the next restart marker, whatever the coding.</summary>
/// <param name="input">The file.</param>
/// <param name="pictureHeight">Rows of the picture, for messages.</param>
/// <param name="isOnlyScan">Whether no other scan can bring what this one lacks: then an empty one is refused at once.</param>
/// <remarks>Damage is passed as libjpeg-turbo passes it, which gives the same pixels.</remarks>
internal abstract class ScanData(JpegInput input, int pictureHeight, bool isOnlyScan)
{
    /// <summary>Whether the data ran out: the MCUs that follow, up to a restart marker, are not in the file.</summary>
    internal bool IsExhausted { get; private set; }

    /// <summary>Whether a marker was met that no restart passes: a restart leaves it for later.</summary>
    internal bool IsAtOtherMarker => input.PendingMarker is >= Marker.FirstFrame and (< Marker.FirstRestart or > Marker.LastRestart);

    /// <summary>MCUs that were decoded with all their bits.</summary>
    internal int Decoded { get; private protected set; }

    /// <summary>The pixel row that is being decoded, for messages.</summary>
    internal int Row { get; set; }

    /// <summary>The file.</summary>
    private protected JpegInput Input => input;

    /// <summary>Called after each MCU: finds out whether the data held all of it.</summary>
    /// <exception cref="ImageFormatException">The only scan has not even the first MCU, nor a restart marker.</exception>
    internal abstract void EndMcu();

    /// <summary>Passes the restart marker that ends an interval, and starts afresh after it.</summary>
    /// <param name="number">Which one must come, 0 to 7.</param>
    internal void Restart(int number)
    {
        byte marker = input.NextMarker();
        if (marker != Marker.FirstRestart + number)
            marker = Resynchronize(marker, number);
        else
            marker = 0;
        bool ended = marker != 0;
        input.PendingMarker = marker;
        Begin(ended);
        // Right before a marker that was not passed there is no data either.
        IsExhausted &= ended;
    }

    /// <summary>Warns of something that the data must not say.</summary>
    internal void Warn(string what) => input.Warnings.Add($"damaged: {what} in", $" scan data at row {Row} of {pictureHeight}");

    /// <summary>The exception for a scan that holds nothing to be seen.</summary>
    internal ImageFormatException Empty()
    {
        string what = input.HasEnded ? "truncated in"
            : input.PendingMarker != 0 ? $"marker FF{input.PendingMarker:X2} comes too soon in" : "damaged:";
        return input.Fail($"{what} scan data at row {Row} of {pictureHeight}, before anything can be seen");
    }

    /// <summary>Begins an interval: nothing of the data before is remembered.</summary>
    /// <param name="ended">Whether the interval is empty: a marker comes first.</param>
    private protected abstract void Begin(bool ended);

    /// <summary>Refuses the file if this scan is all it has, and nothing of it could be decoded.</summary>
    private protected void MustHaveData()
    {
        if (isOnlyScan && Decoded == 0 && input.PendingMarker is < Marker.FirstRestart or > Marker.LastRestart)
            throw Empty();
    }

    /// <summary>Called when the data ran out.</summary>
    private protected void Exhaust()
    {
        if (IsExhausted)
            return;
        MustHaveData();
        IsExhausted = true;
        string place = $" at row {Row} of {pictureHeight}";
        if (input.HasEnded)
            input.Warnings.Add("truncated: the scan data ends", place);
        else
            input.Warnings.Add("damaged: a marker comes too soon in the scan data", $"{place}: FF{input.PendingMarker:X2}");
    }

    // The marker found is not the one that must come. What to do is libjpeg's choice, so that pictures come out the same: a marker that is
    // no restart marker, or one of the next two, is left for later, so that the interval counts as empty (its marker is returned); after
    // one of the last two, or an impossible one, the search goes on; any other is taken for the one that must come (0 is returned).
    private byte Resynchronize(byte marker, int number)
    {
        input.Warnings.Add(
            "damaged: a restart marker is missing or wrong",
            $": FF{marker:X2} in place of FF{Marker.FirstRestart + number:X2} at row {Row} of {pictureHeight}");
        while (true)
        {
            if (marker is >= Marker.FirstFrame and (< Marker.FirstRestart or > Marker.LastRestart))
                return marker;
            int ahead = marker < Marker.FirstFrame ? -1 : (marker - Marker.FirstRestart - number) & 7;
            if (ahead is 1 or 2)
                return marker;
            if (ahead is 0 or 3 or 4 or 5)
                return 0;
            marker = input.NextMarker();
        }
    }
}
