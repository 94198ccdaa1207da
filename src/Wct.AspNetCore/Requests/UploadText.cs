using System.Text;

namespace Wct.AspNetCore.Requests;

/// <summary>Reads the text fields of a form, within limits for each and for all together.</summary>
internal sealed class UploadText
{
    private const int MostOfOne = (1 << 20) + 1, MostOfAll = 2 << 20;

    private long _all;

    /// <summary>Reads a field.</summary>
    /// <exception cref="RequestProblem">It is too long, or all fields together are.</exception>
    internal async Task<string> Read(string part, Stream body, CancellationToken cancellationToken)
    {
        using MemoryStream bytes = new();
        byte[] some = new byte[1 << 12];
        while (await body.ReadAsync(some, cancellationToken) is int count and > 0)
        {
            bytes.Write(some, 0, count);
            _all += count;
            if (bytes.Length > MostOfOne)
                throw RequestProblem.Bad($"The text field '{part}' has more than {MostOfOne - 1} bytes, the limit.");
            if (_all > MostOfAll)
                throw RequestProblem.Bad($"The text fields together have more than {MostOfAll} bytes, the limit.");
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
