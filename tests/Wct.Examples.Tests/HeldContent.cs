using System.Net;
using System.Net.Http.Headers;

namespace Wct.Examples.Tests;

/// <summary>An upload whose last byte waits until it may go.</summary>
/// <remarks>The rest goes at once: a server gives up on uploads that are slow from the beginning.</remarks>
internal sealed class HeldContent : HttpContent
{
    private readonly byte[] _bytes;
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal HeldContent(byte[] bytes, MediaTypeHeaderValue type)
    {
        _bytes = bytes;
        Headers.ContentType = type;
    }

    /// <summary>Done when the other side has asked for the upload, and has all of it but the last byte.</summary>
    internal Task Begun => _begun.Task;

    /// <summary>Lets the last byte go.</summary>
    internal void Release() => _released.TrySetResult();

    /// <inheritdoc/>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync(_bytes.AsMemory(..^1));
        await stream.FlushAsync();
        _begun.TrySetResult();
        await _released.Task;
        await stream.WriteAsync(_bytes.AsMemory(^1..));
    }

    /// <inheritdoc/>
    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
