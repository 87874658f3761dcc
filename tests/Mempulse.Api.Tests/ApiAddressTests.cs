using Mempulse.Node;
using Mempulse.Node.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace Mempulse.Api.Tests;

/// <summary>The API's address comes from the command line, else from the settings of ASP.NET Core, else it is loopback.</summary>
public sealed class ApiAddressTests
{
    private const string Free = "http://127.0.0.1:0";

    [Fact]
    public void Without_any_setting_it_is_loopback()
    {
        var builder = Builder();

        ApiAddress.Apply(builder, []);

        Assert.Equal(NodeOptions.DefaultUrl, builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey));
    }

    [Theory]
    [InlineData("urls", "http://127.0.0.1:1")]
    [InlineData("http_ports", "1")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:1")]
    public void An_ASP_NET_setting_is_not_overridden(string key, string value)
    {
        var builder = Builder((key, value));

        ApiAddress.Apply(builder, []);

        Assert.NotEqual(NodeOptions.DefaultUrl, builder.WebHost.GetSetting(WebHostDefaults.ServerUrlsKey));
    }

    [Theory]
    [InlineData("urls", "http://127.0.0.1:1")]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://127.0.0.1:1")]
    public async Task The_command_line_overrides_every_setting(string key, string value)
    {
        var builder = Builder((key, value));
        ApiAddress.Apply(builder, [Free]);
        await using var app = builder.Build();

        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(value, app.Urls);
        Assert.StartsWith("http://127.0.0.1:", Assert.Single(app.Urls), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_Kestrel_endpoint_is_used()
    {
        var builder = Builder(("Kestrel:Endpoints:Http:Url", Free));
        ApiAddress.Apply(builder, []);
        await using var app = builder.Build();

        await app.StartAsync(TestContext.Current.CancellationToken);

        Assert.DoesNotContain(NodeOptions.DefaultUrl, app.Urls);
    }

    private static WebApplicationBuilder Builder(params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        return builder;
    }
}
