//! Colours and strokes. The colours are from the set of Okabe and Ito (2008), which people with any common colour vision tell apart;
//! nothing is said by colour alone.

/// The style sheet. Font sizes of rows are set where they are used.
pub(super) const SHEET: &str = ".fd-t{font-family:Helvetica,Arial,'Liberation Sans',sans-serif;fill:#1a1a1a}\
.fd-h{font-size:18px;font-weight:bold}\
.fd-sub{font-size:11px;fill:#444}\
.fd-a1{font-size:10px;font-weight:bold}\
.fd-a2{font-size:10px}\
.fd-k{font-size:10.5px}\
.fd-b{font-weight:bold}\
.fd-d{fill:#333;stroke:#fff;stroke-width:2.5px;stroke-linejoin:round;paint-order:stroke}\
.fd-st{font-size:10px;font-weight:bold;fill:#7a2f5f}\
.fd-band{fill:#eef3f7}\
.fd-free{fill:#8c8c8c;fill-opacity:.17}\
.fd-rule,.fd-grid,.fd-grid2,.fd-cell{fill:none;stroke-width:.5}\
.fd-rule,.fd-grid{stroke:#dedede}\
.fd-grid2{stroke:#a6a6a6}\
.fd-cell{stroke:#8c8c8c}\
.fd-work{fill:#a9d4f0;stroke:#00507a}\
.fd-meet{fill:#b5e0cf;stroke:#00593f}\
.fd-crit{stroke:#000;stroke-width:1.6}\
.fd-point{fill:#00507a;stroke:#00507a}\
.fd-gate{fill:#fff;stroke:#00507a;stroke-width:1.6}\
.fd-sum{fill:#4d4d4d}\
.fd-red{fill:#d55e00}\
.fd-off{fill:#fff;stroke:#777;stroke-dasharray:2 2}\
.fd-done{fill:#000}\
.fd-float{fill:none;stroke:#555;stroke-width:1.2}\
.fd-late{fill:none;stroke:#000;stroke-width:1.6;stroke-dasharray:4 2}\
.fd-due{fill:#fff;stroke:#000;stroke-width:1.1}\
.fd-link{fill:none;stroke:#6b6b6b;stroke-width:.9}\
.fd-head{fill:#6b6b6b}\
.fd-linkc{fill:none;stroke:#000;stroke-width:1.4}\
.fd-headc{fill:#000}\
.fd-status{fill:none;stroke:#7a2f5f;stroke-width:1.5;stroke-dasharray:6 3}";

/// The hatching of critical bars.
pub(super) fn patterns(id: &str) -> String {
    format!(
        "<pattern id=\"{id}-hatch\" width=\"5\" height=\"5\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\">\
         <rect width=\"5\" height=\"5\" fill=\"#d55e00\"/><rect width=\"1.4\" height=\"5\" fill=\"#fff\" fill-opacity=\".75\"/></pattern>"
    )
}
