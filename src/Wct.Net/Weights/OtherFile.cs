using System.Text;

namespace Wct.Net.Weights;

/// <summary>Recognizes files that this library can't read but that users may mistake for weights, so that a message can say what they
/// are.</summary>
internal static class OtherFile
{
    private const int HeadBytes = 512, TarMark = 257;

    private static readonly (int At, byte[] Start, string Name)[] Marks =
    [
        (0, [0x89, .. "HDF\r\n\u001A\n"u8], "an HDF5 file, as Keras writes (.h5)"),
        (0, [.. "GGUF"u8], "a GGUF file, as llama.cpp reads"),
        (0, [.. "ggml"u8], "a GGML file"),
        (0, [0x93, .. "NUMPY"u8], "a NumPy array (.npy)"),
        (0, [.. "version https://git-lfs"u8], "a Git LFS pointer, which stands for the file itself: fetch that with 'git lfs pull'"),
        (4, [.. "TFL3"u8], "a TensorFlow Lite file"),
        (0, [.. "MATLAB 5.0 MAT-file"u8], "a MATLAB file (.mat)"),
        (0, [0x1F, 0x8B], "a gzip file: unpack it first"),
        (0, [0x37, 0x7A, 0xBC, 0xAF], "a 7z archive: unpack it first"),
        (0, [.. "Rar!"u8], "a RAR archive: unpack it first"),
        (0, [.. "BZh"u8], "a bzip2 file: unpack it first"),
        (0, [0xFD, .. "7zXZ"u8], "an xz file: unpack it first"),
        (TarMark, [.. "ustar"u8], "a tar archive: unpack it first"),
        (0, [0x89, .. "PNG"u8], "a PNG picture"),
        (0, [0xFF, 0xD8, 0xFF], "a JPEG picture"),
        (0, [.. "%PDF"u8], "a PDF document"),
    ];

    // Beginnings of text files, in lower case and after white space. Servers may send such a text in place of a file.
    private static readonly (string Start, string Name)[] Texts =
    [
        ("<!doctype html", "a web page (HTML), perhaps a server's message in place of the file"),
        ("<html", "a web page (HTML), perhaps a server's message in place of the file"),
        ("<?xml", "an XML text, perhaps a server's message in place of the file"),
        ("{", "a JSON text"),
    ];

    /// <summary>What a file is, with an article: "an ONNX file"; null if unknown.</summary>
    internal static string? NameOf(ByteSource source)
    {
        byte[] head = new byte[Math.Min(HeadBytes, source.Length)];
        source.Read(0, head);
        if (head.Length == 0)
            return "an empty file";
        foreach ((int at, byte[] start, string name) in Marks)
        {
            if (head.Length >= at + start.Length && head.AsSpan(at).StartsWith(start))
                return name;
        }

        string text = Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n').ToLowerInvariant();
        foreach ((string start, string name) in Texts)
        {
            if (text.StartsWith(start, StringComparison.Ordinal))
                return name;
        }

        return OnnxRecognition.IsModel(source) ? "an ONNX file" : null;
    }

    /// <summary>What a zip archive with these files is; null if it may be PyTorch's.</summary>
    internal static string? NameOfZip(ICollection<string> files)
    {
        if (files.Any(
            name => name.EndsWith("/constants.pkl", StringComparison.Ordinal) || name.Contains("/code/", StringComparison.Ordinal)))
            return "a TorchScript archive, a program with its weights";
        if (files.Any(name => name.EndsWith(".weights.h5", StringComparison.Ordinal)))
            return "a Keras model (.keras)";
        return files.Count > 0 && files.All(name => name.EndsWith(".npy", StringComparison.Ordinal)) ? "a NumPy archive (.npz)" : null;
    }
}
