using Mempulse.Primitives;
using Mempulse.Primitives.Events;
using Mempulse.Testing.Scenarios;

namespace Mempulse.Outcomes.Tests.Stories;

/// <summary>A random history of a chain with bundles of its transactions: those of sender "s0" are the operator's own.</summary>
internal sealed class RandomBundles
{
    private static readonly AttemptConsequence[] s_consequences = Enum.GetValues<AttemptConsequence>();

    private readonly RandomHistory _chain = new();
    private int _bundles;

    public Scenario Story => _chain.Story;

    public void Step(uint choice)
    {
        int detail = (int)(choice / 16 % 10_000_000);
        switch (choice % 16)
        {
            case <= 2:
                Build(detail);
                break;
            case <= 6 when _bundles > 0:
                Attempt(detail);
                break;
            case 7 when _bundles > 0:
                End(detail);
                break;
            case 8 when _bundles > 0 && Story.Head is { } head:
                Examine(detail, head);
                break;
            case <= 12:
                _chain.Step((uint)((detail * 16) + 8)); // a block
                break;
            default:
                _chain.Step((uint)detail);
                break;
        }
    }

    private void Build(int detail)
    {
        if (Story.Head is not { } head)
        {
            return;
        }

        ulong number = Story.NumberOf(head).Value;
        var own = Leg(0, detail % 4, detail / 4 % 3, mayRevert: false);
        var victim = Leg(1 + (detail % 3), detail / 3 % 4, detail / 12 % 3, mayRevert: detail % 5 == 0);
        Story.Fact(BundleStory.Built($"bundle {_bundles++}", number + (ulong)(detail % 4)) with
        {
            Base = Named.Block(head),
            BaseNumber = new BlockNumber(number),
            Transactions = detail % 7 == 0 ? [own] : [victim, own],
            IsDryRun = detail % 11 == 0,
        });
    }

    private static BundleTx Leg(int sender, int nonce, int rival, bool mayRevert) =>
        new(Named.Tx($"s{sender}n{nonce}r{rival}"), Named.Account($"s{sender}"), new Nonce((ulong)nonce), new Wei(100), sender == 0, mayRevert);

    private void Attempt(int detail)
    {
        var (bundle, relay, number, isDry) = (BundleStory.Id($"bundle {detail % _bundles}"), $"relay {detail % 3}", 1 + (detail / 3 % 3), detail % 11 == 0);
        var command = detail % 13 == 0 ? RelayCommandKind.CancelBundle : RelayCommandKind.SendBundle;
        switch (detail / 9 % 5)
        {
            case 0:
                Story.Fact(new LogEvent.AttemptRefused(bundle, relay, command, PreflightRule.RefundTooSmall, string.Empty, isDry));
                break;
            case 1 or 2:
                Story.Fact(new LogEvent.AttemptStarted { Bundle = bundle, Relay = relay, Command = command, Number = number, BackoffMilliseconds = 1, Seed = default, Request = default, IsDryRun = isDry });
                break;
            default:
                var consequence = s_consequences[detail % 4];
                Story.Fact(new LogEvent.RelayAttempt
                {
                    Bundle = bundle,
                    Relay = relay,
                    Command = command,
                    Number = number,
                    Class = consequence == AttemptConsequence.Accepted ? ErrorClass.None : (ErrorClass)(4 + (detail % 16)),
                    Consequence = consequence,
                    LatencyMicroseconds = (ulong)(detail % 100_000),
                    Detail = string.Empty,
                    IsDryRun = isDry,
                });
                break;
        }
    }

    private void End(int detail)
    {
        var bundle = BundleStory.Id($"bundle {detail % _bundles}");
        if (detail % 2 == 0)
        {
            Story.Fact(new LogEvent.BundleStale(bundle, Named.Block("genesis"), (BundleEnd)(1 + (detail % 8)), default, null));
        }
        else
        {
            Story.Fact(new LogEvent.BundleCancelled(bundle, BundleEnd.Withdrawn, null));
        }
    }

    private void Examine(int detail, string head) => Story.Fact(new LogEvent.CompetitionExamined
    {
        Bundle = BundleStory.Id($"bundle {detail % _bundles}"),
        Block = Named.Block(head),
        Finding = (CompetitionFinding)(detail % 4),
        Competitor = detail % 4 == 1 ? Named.Tx("s1n0r0") : null,
        Executions = 3,
        IsVerified = detail % 3 != 0,
        ProfitBefore = default,
        Conflicts = [],
        WitnessDigest = default,
        EngineVersion = 1,
        Detail = string.Empty,
    });
}
