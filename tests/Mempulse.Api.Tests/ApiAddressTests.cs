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

    [Theory]
    [InlineData("http://0.0.0.0:5100")]
    [InlineData("http://*:5100")]
    [InlineData("http://+:5100")]
    [InlineData("http://[::]:5100")]
    [InlineData("https://192.0.2.1:5100")]
    [InlineData("http://[2001:db8::1]:5100")]
    [InlineData("http://node.example:5100")]
    [InlineData("http://localhost.example")]
    [InlineData("http://127.0.0.1:5100", "http://0.0.0.0:5100")]
    public void An_address_that_other_machines_reach_is_refused_wherever_it_is_set(params string[] addresses)
    {
        string last = addresses[^1];

        Refused(() => ApiAddress.Apply(Builder(), addresses), last);
        Refused(() => ApiAddress.Apply(Builder(("urls", string.Join(';', addresses))), []), last);
        Refused(() => ApiAddress.Apply(Builder(("Kestrel:Endpoints:A:Url", addresses[0]), ("Kestrel:Endpoints:B:Url", last)), []), last);
    }

    [Fact]
    public void With_a_key_other_machines_may_reach_it_by_TLS() =>
        Assert.Equal(["https://0.0.0.0:5100"], ApiAddress.Apply(Builder(("Mempulse:Api:Keys:0:Name", "one")), ["https://0.0.0.0:5100"]));

    [Theory]
    [InlineData(null)]
    [InlineData("false")]
    [InlineData("yes")] // not a value; the options say so
    public void A_key_does_not_cross_a_network_in_plain_unless_that_is_allowed(string? refused)
    {
        (string, string) key = ("Mempulse:Api:Keys:0:Name", "one");
        foreach (string address in (string[])["http://0.0.0.0:5100", "http://[::]:5100", "http://*:5100", "HTTP://node.example:5100"])
        {
            string sentence = Assert.Throws<NodeUsageException>(() => ApiAddress.Apply(refused is null ? Builder(key) : Builder(key, ("Mempulse:Api:AllowPlainHttp", refused)), [address])).Message;

            Assert.StartsWith($"Cannot listen on {address}: keys of the API would cross the network unencrypted.", sentence, StringComparison.Ordinal);
            Assert.EndsWith("set Mempulse:Api:AllowPlainHttp=true.", sentence, StringComparison.Ordinal);
            Assert.Equal([address], ApiAddress.Apply(Builder(key, ("Mempulse:Api:AllowPlainHttp", "true")), [address]));
            Refused(() => ApiAddress.Apply(Builder(("Mempulse:Api:AllowPlainHttp", "true")), [address]), address);
        }
    }

    [Theory]
    [InlineData("http://127.0.0.1:5100")]
    [InlineData("http://unix:/tmp/mempulse.sock")]
    public void On_this_machine_a_key_needs_no_TLS(string address) =>
        Assert.Equal([address], ApiAddress.Apply(Builder(("Mempulse:Api:Keys:0:Name", "one")), [address]));

    [Theory]
    [InlineData("http_ports", "8080", "http://*:8080")]
    [InlineData("https_ports", "8081;8082", "https://*:8081")]
    public void Ports_without_an_address_are_every_interface_and_refused(string key, string value, string named) =>
        Refused(() => ApiAddress.Apply(Builder((key, value)), []), named);

    [Theory]
    [InlineData("http://localhost:5100")]
    [InlineData("http://127.0.0.1:0")]
    [InlineData("http://127.0.0.2:5100")]
    [InlineData("http://[::1]:5100")]
    [InlineData("https://LOCALHOST:5100")]
    [InlineData("http://unix:/tmp/mempulse.sock")]
    public void An_address_of_this_machine_only_is_accepted(string address)
    {
        Assert.Equal([address], ApiAddress.Apply(Builder(), [address]));
        Assert.Equal([address], ApiAddress.Apply(Builder(("urls", address), ("http_ports", "8080")), []));
    }

    [Theory]
    [InlineData("http://127.0.0.1:5100/path")]
    [InlineData("https://localhost:5100/a/b/")]
    public void An_address_with_a_path_is_refused(string address) =>
        Assert.StartsWith($"'{address}' is not a valid address", Assert.Throws<NodeUsageException>(() => ApiAddress.Apply(Builder(), [address])).Message, StringComparison.Ordinal);

    private static void Refused(Action apply, string address) =>
        Assert.StartsWith($"Cannot listen on {address}: other machines could reach the API", Assert.Throws<NodeUsageException>(apply).Message, StringComparison.Ordinal);

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
