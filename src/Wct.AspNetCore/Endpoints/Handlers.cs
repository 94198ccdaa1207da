using System.Reflection;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wct.AspNetCore.Observation;
using Wct.AspNetCore.Requests;
using Wct.AspNetCore.Work;
using Wct.Net.Recipes;

namespace Wct.AspNetCore.Endpoints;

/// <summary>Answers the requests.</summary>
internal static class Handlers
{
    /// <summary>POST: stylizes a picture.</summary>
    internal static Task Stylize(HttpContext context) => Guarded(context, async service =>
    {
        using RateLimitLease? lease = service.Admit(context);
        using RateLimitLease admitted = service.AdmitRequest();
        using Upload upload = await Received(context, service, Upload.Content, StylizeRequest.CheckPart);
        StylizeRequest request = StylizeRequest.Create(context.Request, upload, service.Options, service.Library, service.Levels);
        await service.Check(request, context.RequestAborted);
        if (ResultFormat.WantsEvents(context.Request))
        {
            await EventStream.Run(context, service, request, upload);
            return;
        }

        StylizeResult result = await service.Start(request, new NoEvents(), context.RequestAborted);
        // A client that reads slowly holds no files.
        upload.Dispose();
        await PictureAnswer.Write(context, result, service.Options.AnswerTimeout);
    });

    /// <summary>POST: keeps a style and prepares it with the default settings.</summary>
    internal static Task AddStyle(HttpContext context) => Guarded(context, async service =>
    {
        using RateLimitLease? lease = service.Admit(context);
        using RateLimitLease admitted = service.AdmitRequest();
        using Upload upload = await Received(context, service, Upload.Style, StylePreparing.CheckPart);
        PreparedAnswer answer = await StylePreparing.Run(service, upload, context.RequestAborted);
        context.Response.StatusCode = StatusCodes.Status201Created;
        await context.Response.WriteAsJsonAsync(answer, Json.Default.PreparedAnswer, cancellationToken: context.RequestAborted);
    });

    /// <summary>GET: what the server can do.</summary>
    internal static Task Options(HttpContext context) => Guarded(context, async service =>
    {
        using RateLimitLease? lease = service.Admit(context);
        OptionsAnswer answer = new(
            Version, service.Transfer.Device, service.Levels, [.. OptionTable.All.Select(OptionAnswers.Of)], ResultFormat.Names,
            new LimitsAnswer(service.Options.MaxUploadBytes, service.Options.MaxPixels, service.Options.MaxStyles),
                [.. service.Library.Names])
        {
            Model = service.Options.ModelName,
            Precision = service.Options.ModelName is null ? null : service.Options.Load.Precision.ToString().ToLowerInvariant(),
            FormatsWithQuality =
                [.. ResultFormat.Names.Where(name => service.Options.EncoderOptions($".{name}", MiddleQuality) is not null)],
        };
        await context.Response.WriteAsJsonAsync(answer, Json.Default.OptionsAnswer, cancellationToken: context.RequestAborted);
    });

    /// <summary>GET: a small picture of a configured style.</summary>
    internal static Task Thumbnail(HttpContext context) => Guarded(context, async service =>
    {
        using RateLimitLease? lease = service.Admit(context);
        string name = context.Request.RouteValues["name"] as string ?? "";
        // Several requests may wait for the same thumbnail, so none of them can cancel it.
        Task<byte[]?> made = service.Library.Thumbnail(name, make => service.Checked(_ => make(), CancellationToken.None));
        byte[] jpeg = await made.WaitAsync(context.RequestAborted) ?? throw new RequestProblem(
            404, "unknown_style", $"The server has no style with a picture that is named '{OneLine.Clean(RecipeCheck.Short(name))}'.");
        context.Response.ContentType = "image/jpeg";
        context.Response.ContentLength = jpeg.Length;
        await context.Response.Body.WriteAsync(jpeg, context.RequestAborted);
    });

    // Any quality that every encoder takes.
    private const int MiddleQuality = 50;

    private static string Version { get; } =
        typeof(Handlers).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";

    private static async Task<Upload> Received(HttpContext context, StylizeService service, string rawPart, PartRule rule)
    {
        using RateLimitLease lease = service.AdmitUpload();
        return await UploadReader.Read(context, service.Options, rawPart, rule);
    }

    // Turns every exception into problem details.
    private static async Task Guarded(HttpContext context, Func<StylizeService, Task> answer)
    {
        StylizeService? service = null;
        try
        {
            service = context.RequestServices.GetRequiredService<StylizeService>();
            await answer(service);
        }
        catch (Exception error)
        {
            ILogger logger = service?.Logger ?? context.RequestServices.GetRequiredService<ILogger<StylizeService>>();
            await Problem.Answer(context, error, service, logger);
        }
    }
}
