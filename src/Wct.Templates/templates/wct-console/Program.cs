using Wct;
using Wct.Imaging;
using Wct.Net;

if (args is not [string photo, string painting, string output])
{
    Console.Error.WriteLine("Usage: WctProject PHOTO PAINTING OUTPUT");
    return 2;
}

try
{
    using StyleTransfer transfer = StyleTransfer.Load();
    PreparedStyle style = transfer.PrepareStyle(ImageFile.Read(painting));
    PixelImage result = transfer.Stylize(ImageFile.Read(photo), style, new StylizeOptions { Strength = 0.6 });
    ImageFile.Write(output, result);
    Console.WriteLine($"{output}: {result.Width}x{result.Height}");
    return 0;
}
catch (Exception error) when (error is IOException or UnauthorizedAccessException or ImageFormatException or ArgumentException)
{
    Console.Error.WriteLine(error.Message);
    return 1;
}
