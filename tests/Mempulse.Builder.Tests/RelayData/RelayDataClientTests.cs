using Mempulse.Builder.RelayData;
using Mempulse.Builder.Sending;
using Mempulse.Builder.Tests.Sending;
using Mempulse.Testing.Waiting;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Builder.Tests.RelayData;

/// <summary>Several relays are asked, and each one's answer stands for itself. Real HTTP on loopback.</summary>
public sealed class RelayDataClientTests : IDisposable
{
    private static readonly RelayDataQuery Query = RelayDataQuery.DeliveredAt(13_000_000);

    private readonly FakeTimeProvider _time = new();
    private readonly RelayHttp _http = new();

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Each_relay_answers_for_itself_and_one_that_lies_spoils_no_other()
    {
        await using var honest = new RawServer(RawServer.Http(200, $"[{RelayDataReaderTests.Entry(13_000_000)}]"));
        await using var lying = new RawServer(RawServer.Http(200, $"[{RelayDataReaderTests.Entry(13_000_001)}]"));
        await using var refusing = new RawServer(RawServer.Http(400, "{\"code\":400,\"message\":\"cannot specify both slot and cursor\"}"));
        await using var redirecting = new RawServer($"HTTP/1.1 302 X\r\nLocation: {honest.Address}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using var endless = new RawServer(RawServer.Http(200, "[]".PadRight(RelayDataReader.MaxBytes + 1)));
        await using var broken = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n[");
        RawServer[] servers = [honest, lying, refusing, redirecting, endless, broken];
        var client = new RelayDataClient([.. servers.Select((server, number) => new RelayDataSource($"relay{number}", server.Address))], _http, _time, TimeSpan.FromSeconds(5));

        var answers = await client.AskAsync(Query, Stop);

        Assert.Equal(
            [RelayDataFault.None, RelayDataFault.AnotherSlot, RelayDataFault.NoAnswer, RelayDataFault.NoAnswer, RelayDataFault.TooLong, RelayDataFault.NoAnswer],
            answers.Select(answer => answer.Fault));
        Assert.Equal(["relay0", "relay1", "relay2", "relay3", "relay4", "relay5"], answers.Select(answer => answer.Relay));
        Assert.Single(answers[0].Traces);
        Assert.All(answers.Skip(1), answer => Assert.True(answer.Traces.Count == 0 && answer.Reason.EndsWith('.')));
        Assert.Equal(1, honest.Requests);
    }

    [Fact]
    public async Task A_relay_that_hangs_is_given_up_and_the_others_are_not()
    {
        await using var honest = new RawServer(RawServer.Http(200, "[]"));
        await using var hanging = new RawServer([]) { IsSilent = true };
        var client = new RelayDataClient([new("hanging", hanging.Address), new("honest", honest.Address)], _http, _time, TimeSpan.FromSeconds(5));

        var asking = client.AskAsync(Query, Stop);
        await Until.TrueAsync(() => hanging.Requests == 1 && honest.Requests == 1, "both are asked");
        await Until.TrueAsync(() => asking.IsCompleted || Advanced(), "the patience ends");

        var answers = await asking;
        Assert.Equal((RelayDataFault.NoAnswer, "The relay did not answer in time."), (answers[0].Fault, answers[0].Reason));

        bool Advanced()
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            return false;
        }
    }

    [Fact]
    public void The_number_of_relays_is_bounded()
    {
        var source = new RelayDataSource("relay", new Uri("http://127.0.0.1:1/"));

        Assert.NotNull(new RelayDataClient([.. Enumerable.Repeat(source, RelayDataClient.MaxRelays)], _http, _time, TimeSpan.FromSeconds(1)));
        Assert.Throws<ArgumentException>(() => new RelayDataClient([.. Enumerable.Repeat(source, RelayDataClient.MaxRelays + 1)], _http, _time, TimeSpan.FromSeconds(1)));
    }
}
