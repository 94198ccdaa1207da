using Wct.Net.Onnx;

namespace Wct.Net.Tests.Onnx;

/// <summary>The wire format, byte by byte.</summary>
public class ProtoMessageTests
{
    [Theory]
    [InlineData(0, "0800")]
    [InlineData(127, "087F")]
    [InlineData(128, "088001")]
    [InlineData(300, "08AC02")]
    [InlineData(-1, "08FFFFFFFFFFFFFFFFFF01")]
    public void Integers(long value, string expected) => Assert.Equal(expected, Hex(new ProtoMessage().Add(1, value)));

    [Fact]
    public void KeysBeyondOneByte() => Assert.Equal("A00105", Hex(new ProtoMessage().Add(20, 5)));

    [Fact]
    public void TextsArraysAndMessages()
    {
        ProtoMessage inner = new ProtoMessage().Add(1, "é").Add(2, (float[])[1]).Add(3, (long[])[2]);
        Assert.Equal("0A02C3A9" + "12040000803F" + "1A080200000000000000", Hex(inner));
        Assert.Equal("2214" + Hex(inner), Hex(new ProtoMessage().Add(4, inner)));
        Assert.Equal("0A00", Hex(new ProtoMessage().Add(1, "")));
    }

    private static string Hex(ProtoMessage message)
    {
        using MemoryStream stream = new();
        message.WriteTo(stream);
        Assert.Equal(message.Length, stream.Length);
        return Convert.ToHexString(stream.ToArray());
    }
}
