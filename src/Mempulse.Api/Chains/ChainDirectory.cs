using System.Diagnostics.CodeAnalysis;
using Mempulse.Api.Problems;
using Mempulse.Api.Text;
using Mempulse.Primitives;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;

namespace Mempulse.Api.Chains;

/// <summary>The chains that are served, and the resolution of the chain of a request.</summary>
internal sealed class ChainDirectory(IOptions<ApiOptions> options)
{
    public IReadOnlyList<ChainId> All => options.Value.Chains;

    public bool IsSynthetic => options.Value.IsSynthetic;

    /// <summary>Whether this process runs lanes of a chain.</summary>
    public bool HasLanes(ChainId chain) => options.Value.ChainsWithLanes.Contains(chain);

    /// <summary>The chain that a request names, or the first one when it names none.</summary>
    public bool TryResolve(string? asked, out ChainId chain, [NotNullWhen(false)] out ProblemHttpResult? problem)
    {
        chain = All[0];
        problem = null;
        if (asked is null)
        {
            return true;
        }

        if (!QueryNumber.TryDigits(asked, out ulong id))
        {
            problem = Problem.BadRequest($"'{asked}' is not a valid chain id: expected a whole number.");
            return false;
        }

        chain = new ChainId(id);
        problem = All.Contains(chain) ? null : Problem.NotFound($"Chain {id} is not served here: expected one of {string.Join(", ", All)}.");
        return problem is null;
    }
}
