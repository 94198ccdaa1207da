using System.Net;

namespace Wct.Cli.Serve;

/// <summary>Where the server listens, and under which names it answers. Immutable.</summary>
/// <remarks>A page of another site can give its own name this machine's address (DNS rebinding), and its requests then look as if they came
/// from this server's page. The header Host still has the other site's name, so requests with unknown names are refused. An address is
/// nobody's name, so addresses can't be used that way.</remarks>
internal sealed class HostNames
{
    /// <summary>The default of the option.</summary>
    internal const string Loopback = "127.0.0.1";

    private readonly HashSet<string> _names = new(["localhost", Loopback, "[::1]"], StringComparer.OrdinalIgnoreCase);

    /// <param name="hosts">Addresses and names; each must pass <see cref="Problem"/>. An empty list stands for the default.</param>
    internal HostNames(IReadOnlyList<string> hosts)
    {
        List<IPAddress> addresses = [];
        foreach (string host in hosts)
        {
            if (Address(host) is not { } address)
            {
                _names.Add(host);
                continue;
            }

            addresses.Add(address);
            _names.Add(Text(address));
        }

        // A name alone opens nothing to other machines: "localhost" must not, and other names may belong to this machine only.
        if (addresses.Count == 0)
            addresses.Add(IPAddress.Loopback);
        Addresses = [.. addresses.Distinct()];
    }

    /// <summary>The addresses at which to listen; at least one.</summary>
    internal IReadOnlyList<IPAddress> Addresses { get; }

    /// <summary>The addresses in messages.</summary>
    internal string AddressList => string.Join(", ", Addresses);

    /// <summary>Whether only this machine can reach the server.</summary>
    internal bool IsLocal => Addresses.All(IPAddress.IsLoopback);

    /// <summary>The problem of an option's value; null if it is an address or a name.</summary>
    internal static string? Problem(string host) => Address(host) is not null || Uri.CheckHostName(host) == UriHostNameType.Dns ? null
        : $"--host is '{host}', it must be an address or a name: 0.0.0.0 or mypc.local";

    /// <summary>Whether the server answers under a name.</summary>
    /// <param name="host">The name or address of the header Host, without the port; an IPv6 address in brackets.</param>
    internal bool Answers(string host) => _names.Contains(host) || (!IsLocal && Address(host) is not null);

    /// <summary>An address as a part of a URL.</summary>
    internal static string Text(IPAddress address) =>
        address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 ? $"[{address}]" : address.ToString();

    // "1" is an address for .NET, and a name for everybody else.
    private static IPAddress? Address(string host) =>
        IPAddress.TryParse(host, out IPAddress? address) && host.AsSpan().IndexOfAny('.', ':') >= 0 ? address : null;
}
