namespace NeuroHal.LiveView;

/// <summary>What a <see cref="LiveServer"/> serves.</summary>
/// <param name="Page">The page, whose script is <paramref name="ScriptName"/> and listens to <c>events</c>, both beside it.</param>
/// <param name="Policy">What a browser may do with it, as a content security policy.</param>
/// <param name="ScriptName">The script's name.</param>
/// <param name="Script">The script.</param>
public sealed record LiveContent(string Page, string Policy, string ScriptName, string Script);
