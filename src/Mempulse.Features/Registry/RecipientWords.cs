namespace Mempulse.Features.Registry;

/// <summary>What a recipient in the arguments of a command stands for.</summary>
public enum RecipientWords
{
    /// <summary>Each word is an account.</summary>
    Accounts = 0,

    /// <summary>1 is the account that calls the router and 2 the router itself, as Uniswap's routers have it.</summary>
    Router,
}
