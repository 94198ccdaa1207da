// A service that stylizes pictures. docs/aspnet.md describes its HTTP interface.
//
//     curl -F content=@photo.jpg -F style=@painting.jpg http://localhost:5000/stylize -o out.png
//     curl -N -H "Accept: text/event-stream" -F content=@photo.jpg -F style=@painting.jpg http://localhost:5000/stylize
using Wct.AspNetCore;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddStyleTransfer(o =>
{
    // One picture is processed at a time, on all cores. A few requests may wait. Further requests get status 503.
    o.MaxQueue = builder.Configuration.GetValue("MaxQueue", o.MaxQueue);
    // Larger uploads get status 413.
    o.MaxUploadBytes = builder.Configuration.GetValue("MaxUploadBytes", 20_000_000L);
    o.MaxPixels = builder.Configuration.GetValue("MaxPixels", o.MaxPixels);
    o.MaxUploads = builder.Configuration.GetValue("MaxUploads", o.MaxUploads);
    o.UploadTimeout = builder.Configuration.GetValue("UploadTimeout", o.UploadTimeout);
    // Each file of this folder is a style that requests can use by its name.
    if (builder.Configuration["Styles"] is { } folder)
        foreach (string file in Directory.GetFiles(folder))
            o.Styles[Path.GetFileNameWithoutExtension(file)] = StyleSource.FromFile(file);
});
builder.Services.AddHealthChecks().AddStyleTransfer();

WebApplication app = builder.Build();
app.MapStyleTransfer("/stylize");
app.MapHealthChecks("/health");
app.Run();
