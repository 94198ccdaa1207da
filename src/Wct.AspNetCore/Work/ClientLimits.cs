using System.Globalization;
using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;

namespace Wct.AspNetCore.Work;

/// <summary>Limits the requests of one client, by its remote address.</summary>
internal static class ClientLimits
{
    /// <summary>Creates the limiter; null if the options have no limit.</summary>
    internal static PartitionedRateLimiter<HttpContext>? Create(StyleTransferServiceOptions options)
    {
        List<PartitionedRateLimiter<HttpContext>> limits = [];
        if (options.ConcurrentRequestsPerClient is { } concurrent)
        {
            limits.Add(PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetConcurrencyLimiter(
                Client(context), _ => new ConcurrencyLimiterOptions { PermitLimit = concurrent, QueueLimit = 0 })));
        }

        if (options.RequestsPerClient is { } requests)
        {
            limits.Add(PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetFixedWindowLimiter(
                Client(context),
                _ => new FixedWindowRateLimiterOptions { PermitLimit = requests, QueueLimit = 0, Window = options.ClientWindow })));
        }

        return limits.Count == 0 ? null : PartitionedRateLimiter.CreateChained([.. limits]);
    }

    /// <summary>The message for a client that has too many requests.</summary>
    internal static string Problem(StyleTransferServiceOptions options)
    {
        string?[] limits =
        [
            options.RequestsPerClient is { } requests
                ? string.Create(CultureInfo.InvariantCulture, $"{requests} requests in {options.ClientWindow.TotalSeconds:0.###} s") : null,
            options.ConcurrentRequestsPerClient is { } concurrent
                ? string.Create(CultureInfo.InvariantCulture, $"{concurrent} at the same time") : null,
        ];
        return $"This client has more requests than its limit: {string.Join(", ", limits.OfType<string>())}.";
    }

    // A client with IPv6 usually has all addresses of its first 64 bits.
    private static string Client(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } address)
            return "";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        byte[] bytes = address.GetAddressBytes();
        const int Prefix = 8;
        if (bytes.Length > Prefix && !IPAddress.IsLoopback(address))
            bytes.AsSpan(Prefix).Clear();
        return Convert.ToHexString(bytes);
    }
}
