namespace Wct.AspNetCore.Requests;

/// <summary>Thrown for a request that can't be answered with a picture; becomes the problem details of the answer.</summary>
/// <param name="status">The status code.</param>
/// <param name="reason">A short name for metrics: "upload_too_large".</param>
/// <param name="detail">One sentence for the client, with the values involved.</param>
internal sealed class RequestProblem(int status, string reason, string detail) : Exception(detail)
{
    /// <summary>The status code.</summary>
    internal int Status => status;

    /// <summary>A short name for metrics.</summary>
    internal string Reason => reason;

    /// <summary>The limit that was met; null if there is none.</summary>
    internal long? Limit { get; init; }

    /// <summary>Seconds after which the client may try again; null if that doesn't help.</summary>
    internal int? RetryAfter { get; init; }

    /// <summary>A wrong request.</summary>
    internal static RequestProblem Bad(string detail) => new(400, "bad_request", detail);
}
