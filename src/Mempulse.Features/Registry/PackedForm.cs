namespace Mempulse.Features.Registry;

/// <summary>How calls are packed into bytes.</summary>
public enum PackedForm
{
    /// <summary>One behind another, as <c>MultiSend</c> of Safe takes them: operation, target, value, length and calldata.</summary>
    MultiSend = 0,

    /// <summary>As ERC-7579 packs them: a target, value and calldata, or an encoded array of them, as the mode says.</summary>
    Execution,
}
