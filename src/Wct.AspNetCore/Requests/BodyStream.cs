using System.Buffers;
using System.IO.Pipelines;

namespace Wct.AspNetCore.Requests;

/// <summary>Reads a request's body, and throws when it is longer than the limit.</summary>
/// <remarks>It doesn't pass the token to the server's reader but cancels the pending read. Otherwise Kestrel could not skip the rest of the
/// body, and would log an error for each slow client.</remarks>
/// <param name="body">The body.</param>
/// <param name="limit">The largest number of bytes.</param>
/// <param name="rate">The lowest speed; null for none.</param>
internal sealed class BodyStream(PipeReader body, long limit, BodyRate? rate) : Stream
{
    private long _count;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _count;
        set => throw new NotSupportedException();
    }

    /// <summary>The error for a body that is too long.</summary>
    internal static RequestProblem TooLarge(string size, long limit) =>
        new(413, "upload_too_large", $"The request has {size} bytes; the limit is {limit}.") { Limit = limit };

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            (ReadResult result, RequestProblem? problem) = rate is null ? (await Next(cancellationToken), null)
                : await rate.Within(_count, Next, cancellationToken);
            int count = (int)Math.Min(buffer.Length, result.Buffer.Length);
            ReadOnlySequence<byte> some = result.Buffer.Slice(0, count);
            some.CopyTo(buffer.Span);
            body.AdvanceTo(some.End);
            cancellationToken.ThrowIfCancellationRequested();
            if (problem is not null)
                throw problem;
            _count += count;
            if (_count > limit)
                throw TooLarge($"more than {limit}", limit);
            // A canceled read may have no bytes before the end.
            if (count > 0 || result.IsCompleted)
                return count;
        }
    }

    private async ValueTask<ReadResult> Next(CancellationToken cancellationToken)
    {
        await using (cancellationToken.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), body))
            return await body.ReadAsync(CancellationToken.None);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
    }
}
