using System.Globalization;
using Wct.Imaging;

namespace Wct.Cli.Optimize;

/// <summary>Writes intermediate pictures into a folder, for <c>--save-steps</c>.</summary>
internal static class StepFiles
{
    /// <summary>The receiver of intermediate pictures; null if they are not asked for.</summary>
    /// <exception cref="Failure">The folder can't be made.</exception>
    internal static Action<long, PixelImage>? Of(OptimizerRequest request)
    {
        if (request.SaveSteps is not { } folder)
            return null;
        FileErrors.Naming(folder, () => Directory.CreateDirectory(folder));
        InputGuard? guard = request.Force ? null : new InputGuard(request.Inputs);
        return (step, picture) =>
        {
            string path = Path.Join(folder, $"step{step.ToString("000000", CultureInfo.InvariantCulture)}.png");
            guard?.Check(path);
            FileErrors.Naming(path, () =>
            {
                ImageFile.Write(path, picture);
                return true;
            });
        };
    }
}
