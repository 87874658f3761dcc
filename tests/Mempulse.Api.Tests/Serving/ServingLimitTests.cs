using System.Net;
using System.Net.Sockets;
using System.Text;
using Mempulse.Api.Chains;
using Mempulse.Api.Serving;
using Mempulse.Api.Tests.Stubs;
using Mempulse.Grains.Abstractions.Logs;
using Mempulse.Grains.Abstractions.Simulations;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Tests.Serving;

/// <summary>What a connection may send and hold, on the wire and in the server's settings.</summary>
public sealed class ServingLimitTests(StubbedApi api) : IClassFixture<StubbedApi>
{
    [Theory]
    [InlineData(8 << 20, HttpStatusCode.ServiceUnavailable)]
    [InlineData((8 << 20) + 1, HttpStatusCode.RequestEntityTooLarge)]
    public async Task A_bundle_of_eight_mebibytes_is_read_and_one_byte_more_is_too_large(int length, HttpStatusCode code)
    {
        const string Body = """{"txs":["0x02"]}""";
        api.Begin();
        api.Grains.Set<ISimulatorGrain>(nameof(ISimulatorGrain.Simulate), new SimAnswer { Kind = SimAnswerKind.Busy });

        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/simulate", UriKind.Relative)) { Content = new StringContent(Body.PadRight(length), Encoding.UTF8, "application/json") };
        request.Headers.ExpectContinue = true; // so that it can be refused before it is sent

        Assert.Equal(code, (await api.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("GET /events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 65537\r\n\r\n", "HTTP/1.1 413")]
    [InlineData("GET /events HTTP/1.1\r\nHost: localhost\r\nX-Long: {long}\r\n\r\n", "HTTP/1.1 431")]
    public async Task A_request_beyond_the_limits_of_every_route_is_refused(string request, string status)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, api.Address.Port, TestContext.Current.CancellationToken);
        await socket.SendAsync(Encoding.ASCII.GetBytes(request.Replace("{long}", new string('x', 20_000), StringComparison.Ordinal)), TestContext.Current.CancellationToken);

        byte[] answer = new byte[4_096];
        int count = await socket.ReceiveAsync(answer, TestContext.Current.CancellationToken);
        Assert.StartsWith(status, Encoding.ASCII.GetString(answer, 0, count), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_names_its_type_and_its_length_and_not_the_server()
    {
        api.Begin();
        api.Grains.Set<ILogReaderGrain>(nameof(ILogReaderGrain.Scan), new RecordPage([], GlobalSeq.None, GlobalSeq.None));

        using var response = await api.RespondAsync("/events");

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType?.ToString());
        Assert.Equal((await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length, response.Content.Headers.ContentLength);
        Assert.Empty(response.Headers.Server);
        Assert.False(response.Headers.TransferEncodingChunked ?? false);
    }

    [Fact]
    public void A_connection_has_a_time_for_each_thing_that_it_waits_for()
    {
        var limits = api.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;

        Assert.Equal((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(60)), (limits.RequestHeadersTimeout, limits.KeepAliveTimeout));
        Assert.Equal((TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)), (limits.MinRequestBodyDataRate?.GracePeriod, limits.MinResponseDataRate?.GracePeriod));
    }

    [Fact]
    public void What_the_server_and_the_system_buffer_beside_the_budget_is_bounded()
    {
        using var plain = SocketTransportOptions.CreateDefaultBoundListenSocket(new IPEndPoint(IPAddress.Loopback, 0));
        plain.SendBufferSize = 64 << 10;

        using var bounded = api.Services.GetRequiredService<IOptions<SocketTransportOptions>>().Value.CreateBoundListenSocket(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.Equal(plain.SendBufferSize, bounded.SendBufferSize); // which the system may double
        Assert.Equal(64L << 10, api.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits.MaxResponseBufferSize);
    }

    [Theory]
    [InlineData("2001:db8::1", "[2001:db8::1]:443", true)]
    [InlineData("[2001:db8::1]", "[2001:db8::1]", true)]
    [InlineData("2001:db8::1", "[2001:db8::2]", false)]
    [InlineData("node.example", "NODE.example", true)]
    [InlineData("node.example", "other.node.example", false)]
    public async Task A_configured_host_is_known_with_and_without_brackets(string configured, string host, bool isKnown)
    {
        bool isAnswered = false;
        var context = new DefaultHttpContext { RequestServices = api.Services };
        context.Request.Host = new HostString(host);

        await new HostCheck(
            _ =>
            {
                isAnswered = true;
                return Task.CompletedTask;
            },
            Options.Create(new ServingOptions { Hosts = ["first.example", configured] })).InvokeAsync(context);

        Assert.Equal((isKnown, isKnown ? 200 : 421), (isAnswered, context.Response.StatusCode));
    }

    [Fact]
    public void Without_a_chain_the_API_does_not_start()
    {
        using var services = new ServiceCollection().AddMempulseApi(static api => api.Chains = []).BuildServiceProvider();

        var invalid = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal((typeof(ApiOptions), "Cannot serve the API: no chain is configured."), (invalid.OptionsType, Assert.Single(invalid.Failures)));
    }
}
