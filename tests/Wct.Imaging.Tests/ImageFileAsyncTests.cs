namespace Wct.Imaging.Tests;

public sealed class ImageFileAsyncTests
{
    [Theory]
    [InlineData(".png")]
    [InlineData(".jpg")]
    [InlineData(".ppm")]
    public async Task FilesAndStreamsAreThoseOfTheSynchronousMethods(string extension)
    {
        using TemporaryFolder folder = new();
        PixelImage picture = TestPictures.Hard(700, 900);
        byte[] expected = ImageFile.Encode(extension, picture);
        string path = folder.File("a" + extension);
        await ImageFile.WriteAsync(path, picture);
        Assert.Equal(expected, await File.ReadAllBytesAsync(path));
        using AsyncOnlyStream target = new([]);
        await ImageFile.WriteAsync(target, extension, picture);
        Assert.Equal(expected, target.ToArray());

        PixelImage seen = ImageFile.Read(path);
        Assert.Equal(seen.Bytes, (await ImageFile.ReadAsync(path)).Bytes);
        using AsyncOnlyStream source = new(expected);
        Assert.Equal(seen.Bytes, (await ImageFile.ReadAsync(source)).Bytes);
    }

    [Fact]
    public async Task ACanceledFileIsNotWritten()
    {
        using TemporaryFolder folder = new();
        PixelImage picture = TestPictures.Make(2000, 2000, PixelLayout.Rgb24, 1, noisy: true);
        string path = folder.File("a.png");
        File.WriteAllText(path, "old");
        using CancellationTokenSource cancel = new();
        Task writing = ImageFile.WriteAsync(path, picture, cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(folder.Path));
    }

    [Fact]
    public async Task StreamsWithoutEndAreRefused()
    {
        using EndlessStream text = new([]), picture = new("P6 9000 9000 255\n"u8.ToArray());
        Assert.StartsWith("x: ", (await Assert.ThrowsAsync<ImageFormatException>(() => ImageFile.ReadAsync(text, "x"))).Message);
        Assert.InRange(text.BytesRead, 1, 1 << 10);
        ImageFormatException error = await Assert.ThrowsAsync<ImageFormatException>(
            () => ImageFile.ReadAsync(picture, "x", new ImageReadOptions { MaxMemory = 1 << 20 }));
        Assert.Equal("x: the file is longer than 1048576 bytes, the limit for keeping it in memory", error.Message);
        Assert.InRange(picture.BytesRead, 1 << 20, 2 << 20);
    }

    [Fact]
    public async Task ErrorsNameTheSource()
    {
        using AsyncOnlyStream source = new([1, 2, 3]);
        ImageFormatException error = await Assert.ThrowsAsync<ImageFormatException>(() => ImageFile.ReadAsync(source, "upload"));
        Assert.StartsWith("upload: ", error.Message);
        await Assert.ThrowsAsync<FileNotFoundException>(() => ImageFile.ReadAsync("nothing.png"));
        await Assert.ThrowsAsync<ArgumentException>(
            () => ImageFile.WriteAsync(source, ".xyz", TestPictures.Make(1, 1, PixelLayout.Rgb24, 1, noisy: false)));
    }

    // As the body of a request in ASP.NET Core: its synchronous methods throw.
    private sealed class AsyncOnlyStream : MemoryStream
    {
        internal AsyncOnlyStream(byte[] bytes)
        {
            base.Write(bytes, 0, bytes.Length);
            Position = 0;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new InvalidOperationException("synchronous");

        public override int Read(Span<byte> buffer) => throw new InvalidOperationException("synchronous");

        public override int ReadByte() => throw new InvalidOperationException("synchronous");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new InvalidOperationException("synchronous");

        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("synchronous");

        public override void Flush() => throw new InvalidOperationException("synchronous");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            byte[] bytes = new byte[buffer.Length];
            int count = base.Read(bytes, 0, bytes.Length);
            bytes.AsMemory(0, count).CopyTo(buffer);
            return ValueTask.FromResult(count);
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            base.Write(buffer.ToArray(), 0, buffer.Length);
            return ValueTask.CompletedTask;
        }

        public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    // Bytes, and then zeros.
    private sealed class EndlessStream(byte[] start) : MemoryStream
    {
        internal int BytesRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Clear();
            if (BytesRead == 0)
                start.CopyTo(buffer);
            BytesRead += buffer.Length;
            return ValueTask.FromResult(buffer.Length);
        }
    }
}
