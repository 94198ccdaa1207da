using System.Security.Cryptography;
using Wct.AspNetCore.Requests;
using Wct.Imaging;
using Wct.Net;

namespace Wct.AspNetCore.Styles;

/// <summary>A file that a request uses: uploaded, configured, or kept from an earlier request.</summary>
internal sealed class NamedFile
{
    private readonly Func<Stream> _open;
    private string? _hash;

    /// <param name="name">The file's name in messages and recipes.</param>
    /// <param name="open">Opens the bytes.</param>
    /// <param name="hash">The SHA-256 of the bytes; null to compute it when it is needed.</param>
    internal NamedFile(string name, Func<Stream> open, string? hash = null) => (Name, _open, _hash) = (name, open, hash);

    /// <summary>A style that was measured before.</summary>
    internal NamedFile(string name, PreparedStyle prepared)
        : this(name, () => throw new InvalidOperationException("A prepared style has no bytes.")) => Prepared = prepared;

    /// <summary>The file's name in messages and recipes.</summary>
    internal string Name { get; }

    /// <summary>Whether it belongs to the server's configuration, so that a client can't mend it.</summary>
    internal bool IsConfigured { get; init; }

    /// <summary>The number of bytes.</summary>
    internal long Length
    {
        get
        {
            using Stream stream = _open();
            return stream.Length;
        }
    }

    /// <summary>The measured style; null for a file.</summary>
    internal PreparedStyle? Prepared { get; }

    /// <summary>The SHA-256 of the bytes, in lower-case hexadecimal digits.</summary>
    internal string Hash
    {
        get
        {
            if (_hash is null)
            {
                using Stream stream = _open();
                _hash = Convert.ToHexStringLower(SHA256.HashData(stream));
            }

            return _hash;
        }
    }

    /// <summary>Whether the file is a style file, judging by its first bytes: a length, and JSON.</summary>
    internal bool IsStyleFile
    {
        get
        {
            const int Length = sizeof(ulong);
            using Stream stream = _open();
            Span<byte> head = stackalloc byte[Length + 2];
            return stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) == head.Length
                && BitConverter.ToUInt64(head) < 100_000_000 && head[Length..] is [(byte)'{', (byte)'"'];
        }
    }

    /// <summary>Opens the file's bytes.</summary>
    internal Stream Open() => _open();

    /// <summary>Opens the picture and reads its header.</summary>
    /// <exception cref="ImageFormatException">The file isn't a picture, is damaged, or has too many pixels.</exception>
    /// <exception cref="RequestProblem">It is a prepared style.</exception>
    internal ImageReader OpenPicture(ImageReadOptions options) => Prepared is null
        ? ImageFile.Open(_open(), Name, options)
        : throw RequestProblem.Bad($"{Name} is a prepared style; a picture is needed here.");
}
