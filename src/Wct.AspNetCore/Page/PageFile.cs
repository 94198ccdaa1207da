using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Wct.AspNetCore.Page;

/// <summary>A file that the page consists of. Immutable.</summary>
internal sealed class PageFile
{
    /// <summary>The name of the page itself.</summary>
    internal const string Html = "index.html";

    /// <param name="bytes">The file's content; it must not change.</param>
    internal PageFile(byte[] bytes)
    {
        Bytes = bytes;
        Tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(bytes).AsSpan(0, 16))}\"");
    }

    /// <summary>The content.</summary>
    internal byte[] Bytes { get; }

    /// <summary>The entity tag, made of the content's hash.</summary>
    internal EntityTagHeaderValue Tag { get; }

    /// <summary>The media type that belongs to a file name.</summary>
    internal static string MediaType(string name) => System.IO.Path.GetExtension(name) switch
    {
        ".html" => "text/html; charset=utf-8",
        ".css" => "text/css; charset=utf-8",
        ".js" => "text/javascript; charset=utf-8",
        ".svg" => "image/svg+xml",
        ".jpg" => "image/jpeg",
        _ => "application/octet-stream",
    };
}
