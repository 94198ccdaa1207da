// A service that paints: POST /stylize takes a form with the files 'photo' and 'painting', and answers with server-sent events: 'progress'
// (0 to 1), then 'picture' (a PNG in Base64) or 'error'.
//
//     curl -N -F photo=@photo.jpg -F painting=@painting.jpg http://localhost:5000/stylize
using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.AspNetCore.RateLimiting;
using Wct;
using Wct.Imaging;
using Wct.Net;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
int queueLimit = builder.Configuration.GetValue("Waiting", 4);
long mostBytes = builder.Configuration.GetValue("MostBytes", 20_000_000L);
ImageReadOptions limits = new() { MaxPixels = builder.Configuration.GetValue("MostPixels", 50_000_000L) };

// A larger upload gets status 413, and isn't read to its end.
builder.WebHost.ConfigureKestrel(server => server.Limits.MaxRequestBodySize = mostBytes);
// One picture is processed at a time, on all cores. A few requests may wait. Further requests get status 503.
builder.Services.AddRateLimiter(limiter =>
{
    limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
    limiter.AddConcurrencyLimiter("single", options => (options.PermitLimit, options.QueueLimit) = (1, queueLimit));
});
builder.Services.AddSingleton(_ => StyleTransfer.Load());
WebApplication app = builder.Build();
app.UseRateLimiter();
app.MapPost("/stylize", (IFormFile photo, IFormFile painting, StyleTransfer transfer, CancellationToken gone) =>
{
    try
    {
        PixelImage content = Read(photo), style = Read(painting);
        return TypedResults.ServerSentEvents(Events(transfer, content, style, gone)) as IResult;
    }
    catch (ImageFormatException e)
    {
        return TypedResults.BadRequest(e.Message);
    }
}).DisableAntiforgery().RequireRateLimiting("single");
app.Run();

PixelImage Read(IFormFile file)
{
    using Stream stream = file.OpenReadStream();
    return ImageFile.Read(stream, file.Name, limits).ToRgb();
}

// The picture is painted on a thread of the pool, its progress goes through a channel to the one that answers. Who leaves ends the work.
static async IAsyncEnumerable<SseItem<string>> Events(
    StyleTransfer transfer, PixelImage content, PixelImage style, [EnumeratorCancellation] CancellationToken gone)
{
    Channel<SseItem<string>> events = Channel.CreateUnbounded<SseItem<string>>();
    Task work = Task.Run(() =>
    {
        try
        {
            ProgressEvents progress = new(events.Writer);
            PixelImage result = transfer.Stylize(content, style, new StylizeOptions(), progress, gone);
            events.Writer.TryWrite(new SseItem<string>(Convert.ToBase64String(ImageFile.Encode(".png", result)), "picture"));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            events.Writer.TryWrite(new SseItem<string>(e.Message, "error"));
        }
        finally
        {
            events.Writer.Complete();
        }
    }, CancellationToken.None);
    try
    {
        await foreach (SseItem<string> item in events.Reader.ReadAllAsync(gone))
            yield return item;
    }
    finally
    {
        // Until it has ended, nobody else's turn has come.
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

internal sealed class ProgressEvents(ChannelWriter<SseItem<string>> events) : IProgress<StylizeProgress>
{
    public void Report(StylizeProgress value) =>
        events.TryWrite(new SseItem<string>(value.Fraction.ToString("f3", CultureInfo.InvariantCulture), "progress"));
}
