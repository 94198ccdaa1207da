namespace Wct.Imaging.Jpeg.Decoding;

/// <summary>The arithmetic decoder, with its estimates of the probability of each decision (ITU T.81, D.2).</summary>
/// <remarks>After the end of the data it reads zeros. This is no damage, because encoders drop zeros at the end.</remarks>
/// <inheritdoc cref="ScanData(JpegInput, int, bool)" path="/param"/>
internal sealed class ArithmeticReader : ScanData
{
    private const int Tables = 16, DcBins = 64, AcBins = 256;

    // The statistics bins of all tables. A bin has an index into the probability table, and the more probable symbol in the highest bit.
    private readonly byte[] _bins = new byte[Tables * (DcBins + AcBins)];
    private byte _even = ProbabilityTable.Even;
    private uint _code, _interval;
    private int _bits;
    private bool _ended;

    internal ArithmeticReader(JpegInput input, int pictureHeight, bool isOnlyScan)
        : base(input, pictureHeight, isOnlyScan) => Begin(ended: false);

    /// <summary>Whether the data is invalid. No block up to the next restart marker can then be decoded.</summary>
    internal bool HasFailed { get; private set; }

    /// <summary>The bins for DC differences, [64].</summary>
    internal Span<byte> Dc(int table) => _bins.AsSpan(table * DcBins, DcBins);

    /// <summary>The bins for AC coefficients, [256].</summary>
    internal Span<byte> Ac(int table) => _bins.AsSpan((Tables * DcBins) + (table * AcBins), AcBins);

    /// <summary>Decodes a decision, 0 or 1, and updates its bin.</summary>
    /// <param name="bin">The bin for this kind of decision.</param>
    internal int Decide(ref byte bin)
    {
        ulong entry = ProbabilityTable.Entries[bin];
        int probable = bin >> 7;
        uint share = (ushort)entry;
        _interval -= share;
        bool isLower = _code >> 16 < _interval;
        if (isLower && _interval >= 0x8000)
            return probable;
        // The lower part of the interval belongs to the more probable symbol, unless it is the smaller part (conditional exchange).
        bool isProbable = isLower != _interval < share;
        if (!isLower)
        {
            _code -= _interval << 16;
            _interval = share;
        }

        bin = (byte)(entry >> (isProbable ? 16 : 24));
        Renormalize();
        return isProbable ? probable : 1 - probable;
    }

    /// <summary>Decodes a decision, 0 or 1, with a fixed probability of 1/2.</summary>
    internal int DecideEvenly() => Decide(ref _even);

    /// <summary>Called when the data is invalid.</summary>
    internal void Fail()
    {
        HasFailed = true;
        Warn("an impossible arithmetic code");
    }

    /// <inheritdoc/>
    internal override void EndMcu()
    {
        // A scan without data may be a picture of one color, but not if the file is truncated.
        if (!HasFailed && !Input.HasEnded)
            Decoded++;
        else if (_ended)
            MustHaveData();
    }

    /// <inheritdoc/>
    private protected override void Begin(bool ended)
    {
        Array.Clear(_bins);
        (_code, _interval, _bits, _ended, HasFailed) = (0, 0x10000, 0, ended, false);
        _code = (uint)((NextByte() << 24) | (NextByte() << 16));
    }

    private void Renormalize()
    {
        do
        {
            if (_bits == 0)
            {
                _code |= (uint)NextByte() << 8;
                _bits = 8;
            }

            _interval <<= 1;
            _code <<= 1;
            _bits--;
        }
        while (_interval < 0x8000);
    }

    private byte NextByte()
    {
        byte next = _ended ? (byte)0 : Input.NextByte();
        if (next != 0xFF)
            return next;
        do
            next = Input.NextByte();
        while (next == 0xFF);
        if (next == 0)
            return 0xFF;
        (Input.PendingMarker, _ended) = (next, true);
        return 0;
    }
}
