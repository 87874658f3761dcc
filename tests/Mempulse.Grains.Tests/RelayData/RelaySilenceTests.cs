using Mempulse.Builder.RelayData;
using Mempulse.Grains.RelayData;
using Mempulse.Grains.Tests.Worlds;
using Mempulse.Observability;
using Mempulse.Primitives;
using Microsoft.Extensions.Time.Testing;

namespace Mempulse.Grains.Tests.RelayData;

/// <summary>The silence of a relay's data API grows until it answers, and every answer is counted.</summary>
public sealed class RelaySilenceTests : IDisposable
{
    private readonly Measurements _measured = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Silence_grows_until_the_relay_answers()
    {
        using var meter = new RelayDataMeter(_measured.Meters);
        using var silence = new RelaySilence(new ChainId(1), [new RelayDataSource("a", new Uri("http://127.0.0.1:1/")), new RelayDataSource("b", new Uri("http://127.0.0.1:2/"))], meter, _time);
        _time.Advance(TimeSpan.FromSeconds(7));

        silence.Note([Answer("a", RelayDataFault.None), Answer("b", RelayDataFault.NoAnswer)]);

        Assert.Equal(["mempulse_relay_data_silence{chain=1,relay=a} 0", "mempulse_relay_data_silence{chain=1,relay=b} 7"], _measured.ReadGauges());
        Assert.Equal(["mempulse_relay_data_answers{chain=1,relay=a,outcome=None} 1", "mempulse_relay_data_answers{chain=1,relay=b,outcome=NoAnswer} 1"], _measured.All);
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(["mempulse_relay_data_silence{chain=1,relay=a} 5", "mempulse_relay_data_silence{chain=1,relay=b} 12"], _measured.ReadGauges());
    }

    public void Dispose() => _measured.Dispose();

    private static RelayDataAnswer Answer(string relay, RelayDataFault fault) => new(relay, [], fault, string.Empty);
}
