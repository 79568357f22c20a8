using System;
using System.Text;

namespace WhiteMagic.Governance.Detection;

/// <summary>The phrases that are looked for, kind and words (<see cref="Phrase"/>); a further one is a further row. As bytes, which take half of what strings do.</summary>
internal static class Phrases
{
    /// <summary>A phrase is looked for in this many words from its first on.</summary>
    internal const int MostWords = 24;

    private static ReadOnlySpan<byte> Rows => """
        override ignore|disregard|forget|override|bypass|neglect|skip|discard|cancel ~3 previous|prior|above|earlier|preceding|foregoing|existing|initial|original|past|former|system ~2 instructions|instruction|rules|prompt|prompts|directives|directive|guidelines|commands|restrictions|safeguards|constraints|programming|training
        override ignore|disregard|forget|override|bypass ~2 your|all|any|these|those ~1 instructions|guidelines|directives|restrictions|safeguards|constraints|programming|training
        override ignore|disregard|forget everything|anything|all ~2 above|before|previously|told|said|said ~4 you|instructions|now
        override ignore|disregard|forget everything|anything ~2 above|before|previously|told
        override instructions|message|prompt|text overrides|supersedes|replaces|overrule ~3 previous|prior|other|earlier|system ~2 instructions|rules|prompts|prompt|messages
        override do|don't|dont ~1 not ~1 follow|obey|heed ~3 previous|prior|above|earlier|system|original ~2 instructions|rules|prompt|guidelines
        override new|updated|real|actual|true|revised instructions|directive|directives|orders ~2 follow|for|from|supersede|override ~3 you|assistant|ai|model|llm|system|developer|admin
        override your new|real|true|actual|only|updated instructions|instruction|task|goal|objective|directive|orders|purpose|mission is|are
        override from now on ~2 you ~2 must|will|shall|should|are|always|only|obey|respond|answer|act
        override you must|should|will|shall ~1 now ~1 obey|ignore|follow|comply|disregard
        override stop following|obeying ~3 instructions|rules|guidelines|prompt
        persona you are|become ~1 now ~3 dan|jailbroken|unrestricted|uncensored|unfiltered|root|admin|administrator|evil|freed|superuser
        persona you are|become no longer ~2 bound|restricted|limited|constrained|required|an
        persona pretend|act|imagine|roleplay|behave ~2 you ~2 have|had|are|were ~2 no|without|free|unrestricted|jailbroken ~3 rules|restrictions|limits|filters|guidelines|limitations|ai
        persona do anything now
        persona developer|debug|god|admin|jailbreak|dan|sudo|maintenance mode ~2 enabled|activated|on|unlocked|engaged
        persona enable|enter|activate|switch ~2 developer|jailbreak|dan|god|sudo|unrestricted mode
        persona without|no ~1 restrictions|filters|limitations|safeguards|ethical|moral ~2 or|and|guidelines ~1 filters|restrictions|limitations|constraints|apply|guidelines
        prompt_leak reveal|print|show|output|repeat|leak|display|dump|disclose|recite|tell|share|give|write|expose|send|return|summarize|quote ~4 your|system|hidden|secret|initial|developer ~2 prompt|instructions|message|directives|configuration|guidelines
        prompt_leak what|repeat ~2 words|text|everything above ~3 starting|verbatim|you
        prompt_leak repeat|print ~2 everything|text|words ~2 above|before
        concealment do|don't|dont|never|must ~2 not|never|tell|inform|mention|reveal|alert|notify|warn|show ~1 tell|inform|mention|reveal|alert|notify|warn|show|this|anything|about|it ~4 user|human|operator|anyone|owner|them
        concealment don't|dont|never tell|inform|alert|notify|warn|ask ~1 user|human|operator|anyone|anybody
        concealment without telling|informing|asking|alerting|notifying|warning ~2 user|human|operator|anyone|permission
        concealment keep|hide ~2 this|it secret|hidden|from ~2 from|user|human ~1 user|human|operator|the
        exfiltration send|post|upload|forward|transmit|exfiltrate|email|submit|append|leak ~6 conversation|memories|memory|credentials|secrets|passwords|password|tokens|history|keys|key|messages|contents|data|environment|files ~6 http|https|url|address|webhook|server|endpoint|attacker|email
        exfiltration include|embed|add|encode ~5 secrets|credentials|memories|memory|conversation|history|keys|password|passwords ~4 url|link|image|query|markdown|parameter
        tool_abuse call|invoke|run|execute|use|delete|install|download|perform|issue|trigger ~8 silently|secretly|quietly|covertly|unnoticed
        tool_abuse call|invoke|run|execute|delete|install|download|transfer ~8 without ~1 asking|confirmation|permission|approval|confirming|consent|confirmations
        tool_abuse call|invoke|use|execute ~2 delete_memory|create_memory|update_memory|export_memories|purge ~6 all|every|each|everything|immediately
        tool_abuse delete|erase|purge|wipe|forget all|every|each ~2 memories|memory|stored ~2 now|immediately|first|silently|before|permanently
        tool_abuse decode|base64|rot13|hex ~6 execute|obey|follow|eval ~4 instructions|instruction|it|result|output|command|commands|them
        addressed attention|important|note|notice|message|instructions|instruction|warning|reminder ~1 to|for ~2 ai|llm|assistant|model|chatbot|agent|agents|assistants|models|claude|chatgpt|gpt|copilot ~1 you|reading|must|processing|ignore|please|do|agents|systems
        addressed attention ~1 ai|llm|assistant|model|chatbot|agent|agents|assistants|models ~2 you|must|please|ignore
        addressed if|when you are ~2 ai|llm|language|assistant|chatbot|agent|bot ~4 you|must|ignore|please|do|then|reply|respond|say|include|output
        addressed ai|llm|assistant|model|agent|claude|chatgpt must|shall|should ~1 now|immediately|always|ignore|obey|first ~2 ignore|obey|reveal|execute|call|output|comply|follow|send|delete|run
        addressed as ~1 your|the developer|creator|administrator|admin|owner|system|operator i ~2 order|command|authorize|instruct|require|grant
        addressed i ~1 am|m your developer|creator|administrator|admin|operator|owner
        addressed respond|reply|answer|output|say only|exactly|nothing|just ~2 with|but|the ~3 hacked|pwned|confirmed|owned|compromised|yes
        override ignoriere|vergiss|missachte|verwirf|umgehe ~3 vorherigen|bisherigen|obigen|früheren|vorangegangenen|deine|alle ~3 anweisungen|instruktionen|regeln|befehle|vorgaben
        persona du bist ab|jetzt|nun ~1 jetzt|sofort|ein|eine|kein|frei|nicht ~3 uneingeschränkte|uneingeschränkter|unzensierte|ki|hacker|beschränkungen|gebunden|mehr
        concealment sage|sag|verrate|erzähle|verschweige|teile ~3 dem|der ~1 nutzer|benutzer|anwender|nutzerin ~4 nichts|nicht|kein|niemals|das
        prompt_leak zeige|verrate|gib|nenne|wiederhole ~3 deinen|deine|den|mir ~3 systemprompt|systemanweisungen|systemprompts|anweisungen|prompt
        override ignore|ignorez|oublie|oubliez ~3 instructions|consignes|directives|règles|ordres ~2 précédentes|précédents|antérieures|antérieurs|système|dessus|initiales
        concealment ne dis|dites|révèle|révélez|mentionne|informe|préviens ~2 rien|pas|jamais|à|au|l ~3 utilisateur|utilisatrice|l'utilisateur|l'utilisatrice|personne
        override ignora|ignore|olvida|olvide|descarta|desobedece ~3 instrucciones|indicaciones|reglas|órdenes|directrices ~2 anteriores|previas|previos|originales|sistema
        concealment no ~1 le|les|se digas|diga|reveles|menciones|informes|avises ~3 usuario|usuaria|nadie|nada
        override ignora|dimentica|ignori ~3 istruzioni|regole|indicazioni ~2 precedenti|iniziali|sistema
        override ignore|esqueça|desconsidere|ignora ~3 instruções|regras|orientações ~2 anteriores|prévias|acima|sistema
        """u8;

    private static ReadOnlySpan<byte> MarkerRows => """
        <|im_start|>
        <|im_end|>
        <|system|>
        <|user|>
        <|assistant|>
        <|endoftext|>
        <|eot_id|>
        <|start_header_id|>
        [inst]
        [/inst]
        <<sys>>
        <</sys>>
        <system>
        </system>
        <system-reminder>
        <system_prompt>
        [system]
        [system message]
        ### system:
        ### instruction:
        ### instructions:
        ### new instructions
        [begin system
        [developer]
        <instructions>
        </instructions>
        <tool_call>
        <function_call>
        <function_calls>
        </tool_result>
        </context>
        </memory>
        </data>
        """u8;

    /// <summary>The phrases, each its kind, a blank, and its words.</summary>
    internal static string[] All() => Encoding.UTF8.GetString(Rows).Split('\n');

    /// <summary>Marks by which a text pretends to be another part of the conversation; lower case.</summary>
    internal static string[] Markers() => Encoding.UTF8.GetString(MarkerRows).Split('\n');
}
