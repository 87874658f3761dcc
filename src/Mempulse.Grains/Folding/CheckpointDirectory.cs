using Mempulse.Features.Rules;
using Mempulse.Folding;
using Mempulse.Folding.Checkpoints;
using Mempulse.Grains.Logs;
using Mempulse.Primitives;
using Microsoft.Extensions.Options;

namespace Mempulse.Grains.Folding;

/// <summary>Opens the checkpoint stores of this silo's chains, which are beside their logs.</summary>
internal sealed class CheckpointDirectory(IOptions<LogHostOptions> options, FoldComposition composition, RulesStores rules)
{
    /// <summary>The checkpoint store of a chain.</summary>
    public CheckpointStore Of(ChainId chain) => Of(chain, rules.Of(chain));

    /// <summary>The checkpoint store of a chain, which restores engines with rules that the caller shares with others.</summary>
    public CheckpointStore Of(ChainId chain, IRulesContents contents) => CheckpointStore.Beside(chain, composition.Reading(contents), options.Value.Files, options.Value.DirectoryOf(chain));
}
