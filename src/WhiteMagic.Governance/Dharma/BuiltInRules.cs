using System;

namespace WhiteMagic.Governance.Dharma;

/// <summary>The rules that hold when nobody wrote others; ordinary work of an agent matches none of them.</summary>
internal static class BuiltInRules
{
    /// <summary>What errors and listings call them.</summary>
    internal const string FileName = "built-in";

    /// <summary>The rules, as a user would write them.</summary>
    internal static ReadOnlySpan<byte> Yaml => """
        rules:
          - name: secrets_in_memory
            description: Credentials do not belong into memory; an import is judged memory by memory.
            action: block
            severity: 0.9
            explain: It looks like a credential. Store where the secret is kept, not the secret itself.
            effects: [write]
            detect: secrets
            unless: {tool_patterns: [import_memories]}
          - name: instructions_in_memory
            description: Text that gives orders to the model is kept, and marked wherever it is recalled.
            action: tag
            severity: 0.3
            explain: It reads like orders to the model; whoever recalls it is told so.
            effects: [write]
            detect: instructions
            unless: {tool_patterns: [import_memories]}

          - name: secrets_in_memory
            profile: creative
            action: warn
            severity: 0.5
          - name: instructions_in_memory
            profile: creative
            action: log
            severity: 0.1

          - name: secure_refuses_changes
            profile: secure
            action: block
            severity: 0.9
            explain: The profile secure refuses everything that changes memory.
            effects: [write, delete]
            unless: {tool_patterns: [set_dharma_profile, dharma_reload]}
          - name: secure_refuses_external
            profile: secure
            action: block
            severity: 0.9
            explain: The profile secure lets nothing leave the state root.
            effects: [external]

          - name: violet_blocks_exfiltration
            profile: violet
            action: block
            severity: 1
            explain: It describes sending data away; that needs a person's word.
            effects: [write, external]
            patterns:
              - '\b(curl|wget)\b[^\n]*\s(-d|--data\S*|-F|--post-(data|file)\S*|-T|--upload-file)\b'
              - '\b(nc|ncat|netcat)\b[^\n]*\s\d{2,5}\b[^\n]*<'
          - name: violet_blocks_attack_tools
            profile: violet
            action: block
            severity: 1
            explain: Offensive security work needs an engagement; ask the person who leads it.
            effects: [write, external]
            keywords: [reverse shell, bind shell, meterpreter, msfvenom, mimikatz, privilege escalation exploit, sql injection payload]
          - name: violet_slows_reconnaissance
            profile: violet
            action: throttle
            severity: 0.4
            explain: Reconnaissance is slowed down and noted.
            effects: [write, external]
            keywords: [nmap, masscan, port scan, portscan, host enumeration, subdomain enumeration]
          - name: violet_notes_defence
            profile: violet
            action: log
            severity: 0.1
            keywords: [hardening, intrusion detection, incident response, threat model, vulnerability scan]
        """u8;
}
