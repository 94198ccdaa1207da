using Wct.AspNetCore;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
// One picture is processed at a time, on all cores. Others wait in a queue; if it is full, requests get status 503.
builder.Services.AddStyleTransfer(options => options.MaxConcurrency = 1);
builder.Services.AddHealthChecks().AddStyleTransfer();

WebApplication app = builder.Build();
// Pages of other sites may not use it. Programs may:
// curl -F content=@photo.jpg -F style=@painting.jpg http://localhost:5000/stylize -o out.png
app.MapStyleTransfer("/stylize").RequireSameOrigin();
// The page that uses it: http://localhost:5000/
app.MapStyleTransferPage("/", "/stylize");
app.MapHealthChecks("/health");
app.Run();
