using Wct.AspNetCore.Requests;
using Wct.Imaging;
using Wct.Net;
using Wct.Net.Weights;

namespace Wct.AspNetCore.Styles;

/// <summary>Decides whose fault it is if a file can't be used: the client's, who sent it, or the server's, who has it.</summary>
internal static class FileFaults
{
    /// <summary>Runs work that uses files.</summary>
    /// <exception cref="InvalidOperationException">A configured file can't be used. It is an error of the server.</exception>
    /// <exception cref="RequestProblem">An uploaded style file has numbers with which nothing can be computed.</exception>
    internal static T Run<T>(IEnumerable<NamedFile> files, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (IsOfFile(error) && Culprit(files, error) is { IsConfigured: true } file)
        {
            throw new InvalidOperationException($"The configured style '{file.Name}' can't be used: {error.Message}", error);
        }
        catch (Exception error) when (IsOfNumbers(error) && files.FirstOrDefault(file => file is { Prepared: null, IsStyleFile: true })
            is { } file)
        {
            if (file.IsConfigured)
                throw new InvalidOperationException($"The configured style '{file.Name}' has unusable numbers: {error.Message}", error);
            throw new RequestProblem(
                400, "bad_style_file", $"The style file {file.Name} has numbers with which nothing can be computed: {error.Message}");
        }
    }

    private static bool IsOfFile(Exception error) =>
        error is IOException or UnauthorizedAccessException or ImageFormatException or WeightsFormatException or ModelMismatchException;

    // The overflow of a size has nothing to do with the numbers in a file.
    private static bool IsOfNumbers(Exception error) => error is InvalidDataException or (ArithmeticException and not OverflowException);

    // Errors of pictures name the file. Those of style files don't, but most requests have at most one.
    private static NamedFile? Culprit(IEnumerable<NamedFile> files, Exception error) => error is ImageFormatException picture
        ? files.FirstOrDefault(file => file.Name == picture.Source)
        : error is WeightsFormatException or ModelMismatchException
            ? files.Where(file => file is { Prepared: null, IsStyleFile: true }).OrderBy(file => file.IsConfigured).FirstOrDefault()
            : files.FirstOrDefault(file => file.IsConfigured);
}
