using Mempulse.Grains.Abstractions;
using Mempulse.Grains.Hosting;
using Mempulse.Grains.Placement;
using Mempulse.Primitives;

namespace Mempulse.Grains.Tests.Hosting;

/// <summary>Grains that use a chain's log run on the silo that holds it, whichever silo calls them.</summary>
public sealed class BesideLogTests : IDisposable
{
    private static readonly ChainId _other = new(10);

    private readonly string _directory = Directory.CreateTempSubdirectory("mempulse-beside-").FullName;

    [Fact]
    public async Task The_grains_of_two_chains_run_on_the_two_silos_that_hold_their_logs()
    {
        await using var silos = await TestSilo.StartAsync(
            _directory, held: [[TestSilo.Chain], [_other]], roles: [SiloRoles.Log, SiloRoles.Log | SiloRoles.Ingest | SiloRoles.Worker]);
        var hash = new Hash256(new byte[Hash256.Size]);
        var sender = new Address(new byte[Address.Size]);

        var hosts = new Dictionary<ChainId, HashSet<SiloAddress?>>();
        foreach (var chain in (ChainId[])[TestSilo.Chain, _other])
        {
            await silos.Grains.Sequencer(chain).GetStatus();
            await silos.Grains.Mempool(chain).GetStatus();
            await silos.Grains.LogReader(chain).Watermark();
            await silos.Grains.Ingest(chain).Read();
            await silos.Grains.Tx(chain, hash).Read();
            await silos.Grains.Sender(chain, sender).Read();
            IAddressable[] grains = [silos.Grains.Sequencer(chain), silos.Grains.Mempool(chain), silos.Grains.LogReader(chain), silos.Grains.Ingest(chain), silos.Grains.Tx(chain, hash), silos.Grains.Sender(chain, sender)];
            hosts[chain] = [.. await Task.WhenAll(grains.Select(silos.HostOfAsync))];
        }

        Assert.NotNull(Assert.Single(hosts[TestSilo.Chain]));
        Assert.NotNull(Assert.Single(hosts[_other]));
        Assert.NotEqual(hosts[TestSilo.Chain].Single(), hosts[_other].Single());
    }

    [Fact]
    public async Task A_call_about_a_chain_whose_log_no_silo_holds_fails_as_one_that_may_pass()
    {
        await using var silo = await TestSilo.StartAsync(_directory);

        await Assert.ThrowsAnyAsync<OrleansException>(async () => await silo.Grains.Sequencer(_other).GetStatus());
    }

    /// <summary>A grain of the log's role that is not kept beside its log would find none where it is placed.</summary>
    [Fact]
    public void Every_grain_with_the_role_of_the_log_is_kept_beside_it()
    {
        var kept = GrainsByRole.All.Keys.Where(static grain => grain.IsDefined(typeof(BesideLogAttribute), inherit: false));

        Assert.Equal(GrainsByRole.All.Where(static entry => entry.Value == SiloRoles.Log).Select(static entry => entry.Key.Name).Order(), kept.Select(static grain => grain.Name).Order());
    }

    [Theory]
    [InlineData(null, 1, false)]
    [InlineData("", 1, false)]
    [InlineData("1", 1, true)]
    [InlineData("1,10", 10, true)]
    [InlineData("10,137", 1, false)] // not a part of another id
    [InlineData("1,10", 0, false)]
    public void A_silo_says_which_logs_it_holds(string? held, ulong chain, bool isHeld) =>
        Assert.Equal(isHeld, HeldLogs.Includes(held, new ChainId(chain)));

    [Fact]
    public void What_a_silo_says_is_read_back() => Assert.All(
        (ChainId[])[TestSilo.Chain, _other], static chain => Assert.True(HeldLogs.Includes(new HeldLogs([TestSilo.Chain, _other]).Text, chain)));

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
