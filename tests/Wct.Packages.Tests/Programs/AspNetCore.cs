using System;
using System.IO;
using System.Linq;
using System.Net.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wct;
using Wct.Imaging;

// Starts a server and sends it a form.
WebApplicationBuilder builder = WebApplication.CreateBuilder();
builder.Logging.ClearProviders();
builder.Services.AddStyleTransfer(o => o.MaxConcurrency = 1);
WebApplication app = builder.Build();
app.MapStyleTransfer("/stylize");
app.Urls.Add("http://127.0.0.1:0");
await app.StartAsync();

byte[] Picture(int width, int height)
{
    PixelImage picture = new(width, height);
    for (int i = 0; i < picture.Bytes.Length; i++)
        picture.Bytes[i] = (byte)(i * 7);
    return ImageFile.Encode(".png", picture);
}

using HttpClient client = new();
using MultipartFormDataContent form = [];
form.Add(new ByteArrayContent(Picture(48, 32)), "content", "photo.png");
form.Add(new ByteArrayContent(Picture(40, 30)), "style", "painting.png");
using HttpResponseMessage response = await client.PostAsync($"{app.Urls.First()}/stylize", form);
PixelImage result = ImageFile.Read(new MemoryStream(await response.Content.ReadAsByteArrayAsync()));
Console.WriteLine($"{(int)response.StatusCode} {response.Content.Headers.ContentType} {result.Width}x{result.Height}");
await app.StopAsync();
