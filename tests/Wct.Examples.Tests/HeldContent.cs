using System.Net;
using System.Net.Http.Headers;

namespace Wct.Examples.Tests;

/// <summary>An upload that holds back its last byte until <see cref="Release"/> is called.</summary>
/// <remarks>The rest is sent at once, because servers abort uploads that are slow from the start.</remarks>
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

    /// <summary>Completes when the server has asked for the upload and all but the last byte has been sent.</summary>
    internal Task Begun => _begun.Task;

    /// <summary>Sends the last byte.</summary>
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
