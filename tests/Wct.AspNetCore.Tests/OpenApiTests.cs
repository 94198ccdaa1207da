using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Wct.AspNetCore.Requests;

namespace Wct.AspNetCore.Tests;

/// <summary>Tests the document that Microsoft.AspNetCore.OpenApi makes of the endpoints.</summary>
public sealed class OpenApiTests
{
    [Fact]
    public async Task TheDocumentDescribesTheForm()
    {
        await using TestServer server = await TestServer.Start(
            build: builder => builder.Services.AddOpenApi(), map: app => app.MapOpenApi());
        JsonElement document = JsonDocument.Parse(await server.Client.GetStringAsync("/openapi/v1.json")).RootElement;
        JsonElement paths = document.GetProperty("paths");
        Assert.Equal(
            ["/stylize", "/stylize/options", "/stylize/styles", "/stylize/styles/{name}/thumbnail"],
            paths.EnumerateObject().Select(path => path.Name).Order());
        JsonElement post = paths.GetProperty("/stylize").GetProperty("post");
        Assert.Equal("Stylizes a picture.", post.GetProperty("summary").GetString());
        string form = post.GetProperty("requestBody").GetProperty("content").GetProperty("multipart/form-data").GetRawText();
        Assert.All(
            OptionTable.All.Select(option => option.Name).Concat(["content", "style", "recipe", "format", "quality", "previews"]),
            name => Assert.Contains($"\"{name}\"", form));
        JsonElement answers = post.GetProperty("responses");
        Assert.True(answers.GetProperty("200").GetProperty("content").TryGetProperty("image/png", out _));
        Assert.True(answers.GetProperty("200").GetProperty("content").TryGetProperty("text/event-stream", out _));
        Assert.All(
            (string[])["400", "404", "408", "413", "415", "429", "500", "503"],
            status => Assert.True(answers.GetProperty(status).GetProperty("content").TryGetProperty("application/problem+json", out _)));
        Assert.Contains("levels", document.GetProperty("components").GetRawText());
    }

    [Fact]
    public async Task ConventionsApplyToAllEndpoints()
    {
        await using TestServer server = await TestServer.Start(map: app => app.MapStyleTransfer("/private").RequireHost("other"));
        Assert.Equal(404, (int)(await server.Client.GetAsync("/private/options")).StatusCode);
        Assert.Equal(200, (int)(await server.Client.GetAsync("/stylize/options")).StatusCode);
    }
}
