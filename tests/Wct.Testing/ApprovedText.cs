using Xunit;

namespace Wct.Testing;

/// <summary>Compares texts that may change only on purpose with approved texts in files beside the tests.</summary>
public static class ApprovedText
{
    private const string Approve = "WCT_APPROVE";

    /// <summary>Compares a text with an approved one, line by line; with WCT_APPROVE=1, writes the text to the file first.</summary>
    /// <param name="path">The approved text's file.</param>
    /// <param name="what">The text's name in the message: "The command line".</param>
    public static void Check(string path, string actual, string what)
    {
        if (Environment.GetEnvironmentVariable(Approve) == "1")
            File.WriteAllText(path, actual);
        string approved = File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : "";
        string[] added = [.. actual.Split('\n').Except(approved.Split('\n'))], gone = [.. approved.Split('\n').Except(actual.Split('\n'))];
        Assert.True(
            actual == approved,
            $"{what} changed.\nadded:\n{string.Join("\n", added)}\ngone:\n{string.Join("\n", gone)}\n"
            + $"If that is meant, run this test with {Approve}=1 and commit {Path.GetFileName(path)}.");
    }
}
