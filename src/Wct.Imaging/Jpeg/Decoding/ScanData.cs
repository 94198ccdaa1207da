namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The entropy-coded data of a scan, up to its end or the next restart marker. Base class for Huffman and arithmetic
/// coding.</summary>
/// <param name="input">The file.</param>
/// <param name="pictureHeight">Rows of the picture, for messages.</param>
/// <param name="isOnlyScan">Whether no other scan can have what this one lacks. An empty scan is then an error at once.</param>
/// <remarks>Damage is handled as in libjpeg-turbo, so that the pixels are the same.</remarks>
internal abstract class ScanData(JpegInput input, int pictureHeight, bool isOnlyScan)
{
    /// <summary>Whether the data has run out. The next MCUs, up to a restart marker, are then not in the file.</summary>
    internal bool IsExhausted { get; private set; }

    /// <summary>Whether the pending marker ends the scan. <see cref="Restart"/> doesn't skip such a marker.</summary>
    internal bool IsAtOtherMarker => input.PendingMarker is >= Marker.FirstFrame and (< Marker.FirstRestart or > Marker.LastRestart);

    /// <summary>Number of MCUs that were decoded with all their bits.</summary>
    internal int Decoded { get; private protected set; }

    /// <summary>The pixel row that is being decoded, for messages.</summary>
    internal int Row { get; set; }

    /// <summary>The file.</summary>
    private protected JpegInput Input => input;

    /// <summary>Called after each MCU. Checks whether the data had all of it.</summary>
    /// <exception cref="ImageFormatException">The only scan has neither its first MCU nor a restart marker.</exception>
    internal abstract void EndMcu();

    /// <summary>Reads the restart marker at the end of an interval, and begins the next interval.</summary>
    /// <param name="number">Number of the expected marker, 0 to 7.</param>
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
        // If the marker was kept for later, there is no data before it either.
        IsExhausted &= ended;
    }

    /// <summary>Adds a warning about invalid data.</summary>
    internal void Warn(string what) => input.Warnings.Add($"damaged: {what} in", $" scan data at row {Row} of {pictureHeight}");

    /// <summary>Creates the exception for a scan from which nothing could be decoded.</summary>
    internal ImageFormatException Empty()
    {
        string what = input.HasEnded ? "truncated in"
            : input.PendingMarker != 0 ? $"marker FF{input.PendingMarker:X2} comes too soon in" : "damaged:";
        return input.Fail($"{what} scan data at row {Row} of {pictureHeight}, before anything can be seen");
    }

    /// <summary>Resets the decoder at the start of an interval.</summary>
    /// <param name="ended">Whether the interval is empty, because a marker comes first.</param>
    private protected abstract void Begin(bool ended);

    /// <summary>Throws if this is the only scan, and nothing of it could be decoded.</summary>
    private protected void MustHaveData()
    {
        if (isOnlyScan && Decoded == 0 && input.PendingMarker is < Marker.FirstRestart or > Marker.LastRestart)
            throw Empty();
    }

    /// <summary>Called when the data has run out.</summary>
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

    // Called when the marker isn't the expected one. It does the same as libjpeg, so that pictures are the same. If the marker is no
    // restart marker, or one of the next two, it is kept for later: the interval counts as empty, and the marker is returned. If it is one
    // of the previous two, or an impossible one, the search continues. Any other restart marker counts as the expected one, and 0 is
    // returned.
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
