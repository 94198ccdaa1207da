using System.Net;
using Wct.Cli.Serve;

namespace Wct.Cli.Tests.Serve;

/// <summary>Tests where the server listens, and under which names it answers.</summary>
public sealed class HostNamesTests
{
    [Fact]
    public void WithoutHostsOnlyThisMachineIsServed()
    {
        HostNames names = new([]);
        Assert.Equal([IPAddress.Loopback], names.Addresses);
        Assert.True(names.IsLocal);
        Assert.All(["localhost", "LocalHost", "127.0.0.1", "[::1]"], name => Assert.True(names.Answers(name), name));
        Assert.All(
            ["", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.1.7", "[fe80::1]", "0.0.0.0", "127.0.0.2"],
            name => Assert.False(names.Answers(name), name));
    }

    [Fact]
    public void AnAddressIsListenedAtAndAddressesAreAnswered()
    {
        HostNames names = new(["0.0.0.0", "::1"]);
        Assert.Equal([IPAddress.Any, IPAddress.IPv6Loopback], names.Addresses);
        Assert.False(names.IsLocal);
        Assert.All(["192.168.1.7", "[fe80::1]", "localhost"], name => Assert.True(names.Answers(name), name));
        Assert.All(["evil.example", "mypc.local", "", "1"], name => Assert.False(names.Answers(name), name));
    }

    [Theory]
    [InlineData("mypc.local")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("studio.localhost")]
    public void ANameAloneOpensNothingToOtherMachines(string name)
    {
        HostNames names = new([name]);
        Assert.Equal([IPAddress.Loopback], names.Addresses);
        Assert.True(names.IsLocal);
        Assert.True(names.Answers(name.ToUpperInvariant()));
        Assert.False(names.Answers("other.local"));
        Assert.False(names.Answers("192.168.1.7"));
    }

    [Fact]
    public void ANameIsAnsweredThroughTheAddressesBesideIt()
    {
        HostNames names = new(["mypc.local", "0.0.0.0"]);
        Assert.Equal([IPAddress.Any], names.Addresses);
        Assert.False(names.IsLocal);
        Assert.True(names.Answers("MyPC.local"));
        Assert.False(names.Answers("other.local"));
        Assert.Equal([IPAddress.Parse("127.0.0.2")], new HostNames(["mypc.local", "127.0.0.2"]).Addresses);
        Assert.True(new HostNames(["mypc.local", "127.0.0.2"]).IsLocal);
    }

    [Theory]
    [InlineData("0.0.0.0", true)]
    [InlineData("::", true)]
    [InlineData("mypc", true)]
    [InlineData("my-pc.example.org", true)]
    [InlineData("", false)]
    [InlineData("a b", false)]
    [InlineData("http://mypc", false)]
    [InlineData("mypc:80", false)]
    [InlineData("*", false)]
    public void HostsAreAddressesOrNames(string host, bool isOne) =>
        Assert.Equal(isOne ? null : $"--host is '{host}', it must be an address or a name: 0.0.0.0 or mypc.local", HostNames.Problem(host));
}
