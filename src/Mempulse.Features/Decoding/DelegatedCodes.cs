using Mempulse.Primitives;

namespace Mempulse.Features.Decoding;

/// <summary>What the state says about accounts that run the code of another one. Immutable.</summary>
public sealed class DelegatedCodes
{
    private readonly SortedList<Address, DelegatedCode> _byAccount = [];

    /// <summary>Takes what is known; of an account that is named twice, the last counts.</summary>
    public DelegatedCodes(IEnumerable<DelegatedCode> known)
    {
        ArgumentNullException.ThrowIfNull(known);
        foreach (var one in known)
        {
            _byAccount[one.Account] = one;
        }
    }

    /// <summary>Nothing is known.</summary>
    public static DelegatedCodes None { get; } = new([]);

    /// <summary>Whose code an account runs; null if it is not known to run that of another one.</summary>
    public DelegatedCode? Find(in Address account) => _byAccount.TryGetValue(account, out var code) ? code : null;
}
